import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { downloadFile } from './download-file.ts'

const content = randomBytes(300_000)
const sha256 = createHash('sha256').update(content).digest('hex')

type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answers: Answer[]
let asked: IncomingHttpHeaders[]
let address: string
let folder: string
let path: string

/** A server on this machine that gives one answer after the other, the last one for ever. */
const server = createServer((request, response) => {
  asked.push(request.headers)
  const answer = answers.length > 1 ? answers.shift()! : answers[0]!
  answer(request, response)
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/weights.pt`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(async () => {
  asked = []
  folder = await mkdtemp(join(tmpdir(), 'download-'))
  path = join(folder, 'weights.pt')
})
afterEach(() => rm(folder, { recursive: true }))

const from = ({ headers }: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)

/** A server that knows Range and closes the connection after `most` bytes. */
const withRange =
  (most = content.length, bytes = content): Answer =>
  (request, response) => {
    const start = from(request)
    if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
      return
    }
    const rest = bytes.subarray(start)
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(start > 0 && { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }),
    })
    if (rest.length <= most) response.end(rest)
    else response.write(rest.subarray(0, most), () => setTimeout(() => response.destroy(), 20))
  }

/** A server that always sends everything. */
const withoutRange: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': content.length }).end(content)
}

const status =
  (code: number, headers = {}): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end()

const download = (addresses = [address]) => downloadFile({ path, sha256, addresses, pause: 1 })
const ranges = () => asked.map(({ range }) => range ?? null)

it('fetches a file, and leaves nothing else behind', async () => {
  answers = [withRange()]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  expect(readdirSync(folder)).toEqual(['weights.pt'])
})

it('sends the request and nothing else', async () => {
  answers = [status(302, { location: '/elsewhere.pt', 'set-cookie': 'who=you' }), withRange()]
  await download()
  for (const headers of asked) {
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
    expect(headers['user-agent']).toBe('teststrip')
  }
  expect(asked).toHaveLength(2)
})

it('goes on where a connection broke', async () => {
  answers = [withRange(100_000)]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  const [first, ...others] = ranges()
  expect(first).toBeNull()
  // A broken connection may swallow the last of what was sent: each goes on from what really arrived.
  const starts = others.map((range) => Number(/^bytes=(\d+)-$/.exec(range!)![1]))
  expect(starts.length).toBeGreaterThanOrEqual(2)
  expect(starts).toEqual([...starts].sort((a, b) => a - b))
  expect(starts.at(-1)).toBeGreaterThan(0)
})

it('goes on where an earlier command stopped', async () => {
  writeFileSync(`${path}.part`, content.subarray(0, 250_000))
  answers = [withRange()]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  expect(ranges()).toEqual(['bytes=250000-'])
})

it('needs no byte when only the name was missing', async () => {
  writeFileSync(`${path}.part`, content)
  answers = [withRange()]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
})

it('starts again where a server cannot go on', async () => {
  writeFileSync(`${path}.part`, content.subarray(0, 250_000))
  answers = [withoutRange]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  expect(asked).toHaveLength(1)
})

it('starts again when what was there was of another file', async () => {
  writeFileSync(`${path}.part`, randomBytes(1000))
  answers = [withRange()]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  expect(ranges()).toEqual(['bytes=1000-', null])
  writeFileSync(`${path}.part`, randomBytes(content.length + 10))
  rmSync(path)
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
})

it('ignores a rest that does not begin where it was asked to', async () => {
  writeFileSync(`${path}.part`, content.subarray(0, 1000))
  answers = [
    (_request, response) => {
      response
        .writeHead(206, { 'content-range': `bytes 5-${content.length - 1}/${content.length}` })
        .end(content.subarray(5))
    },
    withRange(),
  ]
  await expect(download()).rejects.toThrow(/answered 206/)
  expect(existsSync(path)).toBe(false)
})

it('never gives another file the final name', async () => {
  answers = [withRange(content.length, randomBytes(5000))]
  await expect(download()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(
      /^weights\.pt could not be fetched \(127\.0\.0\.1:\d+: it sent a file whose SHA-256/,
    ),
  })
  expect(readdirSync(folder)).toEqual([])
})

it('tries the next address, and says of each why not', async () => {
  answers = [status(404), withRange()]
  await download([address, address])
  expect(readFileSync(path).equals(content)).toBe(true)
  rmSync(path)
  answers = [status(404)]
  await expect(download([address, 'http://127.0.0.1:1/a.pt'])).rejects.toThrow(
    /answered 404; 127\.0\.0\.1:1: .*REFUSED/,
  )
})

it('is patient with a server that is busy, and not for ever', async () => {
  answers = [status(503), status(503), withRange()]
  await download()
  expect(readFileSync(path).equals(content)).toBe(true)
  rmSync(path)
  asked = []
  answers = [status(503)]
  await expect(download()).rejects.toThrow(/answered 503/)
  expect(asked).toHaveLength(5)
})

it('follows no endless or unsafe redirections', async () => {
  answers = [status(302, { location: address })]
  await expect(download()).rejects.toThrow(/redirects more than 5 times/)
  answers = [status(302, { location: 'file:///etc/hosts' })]
  await expect(download()).rejects.toThrow(/redirects to file:/)
})

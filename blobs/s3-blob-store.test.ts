import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { describeInS3 } from '../scripts/testing/describe-in-s3.ts'
import type { S3Server } from '../scripts/testing/s3-server.ts'
import { openBlobs } from './open-blobs.ts'
import { sha256 } from './sha256.ts'
import { testBlobStore } from './testing-contract.ts'

afterEach(() => vi.unstubAllEnvs())
const setEnv = (env: Record<string, string>): void => {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
}

describeInS3('blobs in S3', (server) => {
  let round = 0

  /** A prefix of its own for every test; the server keeps an object as the file of its name. */
  const open = (env: Partial<S3Server['env']> = {}) => {
    setEnv({ ...server().env, ...env })
    const prefix = `studies/${++round}`
    const pathOf = (sha: string) =>
      join(server().folder, 'pictures', prefix, sha.slice(0, 2), sha.slice(2, 4), sha)

    return {
      blobs: openBlobs(`s3://pictures/${prefix}?path-style=true`),
      prefix,
      pathOf,
      age: (sha: string, hours: number) => {
        const then = new Date(Date.now() - hours * 3_600_000)
        utimesSync(pathOf(sha), then, then)
      },
      spoil: (sha: string, bytes: string) => writeFileSync(pathOf(sha), bytes),
    }
  }

  testBlobStore(open)

  it('keeps to its prefix, and leaves alone what else lies in the bucket', async () => {
    const { blobs, prefix, pathOf } = open()
    const sha = await blobs.put(Buffer.from('ours'), 'text/plain')
    mkdirSync(join(server().folder, 'pictures', prefix, 'notes'))
    writeFileSync(join(server().folder, 'pictures', prefix, 'notes', 'a.txt'), 'not a blob')
    writeFileSync(join(pathOf(sha), '..', 'f'.repeat(64)), 'a blob by name, at a place where none is kept')
    const neighbour = openBlobs(`s3://pictures/${prefix}0?path-style=true`)
    await neighbour.put(Buffer.from('theirs'), 'text/plain')

    const found: string[] = []
    for await (const blob of blobs.list()) found.push(blob.sha)
    expect(found).toEqual([sha])
    expect(readdirSync(join(pathOf(sha), '..'))).toContain(sha)
  })

  it('lists on over the thousand that one answer holds', async () => {
    const { blobs, pathOf } = open()
    const names = Array.from({ length: 1005 }, (_, index) => sha256(Buffer.from(`blob ${index}`)))
    for (const sha of names) {
      mkdirSync(join(pathOf(sha), '..'), { recursive: true })
      writeFileSync(pathOf(sha), 'blob')
    }

    const found: string[] = []
    for await (const { sha } of blobs.list()) found.push(sha)
    expect(found.sort()).toEqual(names.sort())
  })

  it('shows no half object when the line is cut in the middle of it', async () => {
    const line = await cutLine({ to: server().port, afterBytes: 300_000 })
    try {
      const { blobs } = open({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${line.port}` })
      const picture = Buffer.alloc(4_000_000, 1)
      await expect(blobs.put(picture, 'image/png')).rejects.toMatchObject({ code: 'unavailable' })
      expect(line.cuts()).toBeGreaterThan(0)

      setEnv(server().env)
      const whole = openBlobs(`s3://pictures/studies/${round}?path-style=true`)
      for await (const blob of whole.list()) expect(blob).toBeUndefined()
      const sha = await whole.put(picture, 'image/png')
      expect(picture.equals((await whole.get(sha))!)).toBe(true)
    } finally {
      line.server.close()
    }
  })

  it('says in a sentence what is wrong, and never a secret', async () => {
    const picture = Buffer.from('picture')
    const failure = async (where: string, env: Record<string, string>): Promise<string> => {
      setEnv({ ...server().env, ...env })
      const error = await openBlobs(where)
        .put(picture, 'image/png')
        .then(
          () => new Error('it was stored'),
          (reason: Error) => reason,
        )
      expect(error).toMatchObject({ code: 'unavailable' })
      expect(JSON.stringify([error.message, error, error.cause])).not.toMatch(
        /not-to-be-seen|AKTESTSTRIP|wrong-secret/,
      )

      return error.message
    }
    const here = `127.0.0.1:${server().port}`
    const place = 's3://pictures?path-style=true'

    expect(await failure('s3://nowhere/x?path-style=true', {})).toBe(
      `There is no bucket 'nowhere' at ${here}. Make it, or correct TESTSTRIP_BLOBS.`,
    )
    expect(await failure(place, { AWS_SECRET_ACCESS_KEY: 'wrong-secret' })).toMatch(
      /refuses these credentials for the bucket 'pictures' \(SignatureDoesNotMatch\)/,
    )
    expect(await failure(place, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' })).toMatch(
      /^The S3 server 127\.0\.0\.1:9 does not answer \(ECONNREFUSED\)/,
    )
  })
})

/** A line to the server that breaks, every time, once that many bytes have gone in. */
async function cutLine(options: {
  to: number
  afterBytes: number
}): Promise<{ port: number; server: Server; cuts: () => number }> {
  let cuts = 0
  const server = createServer((client) => {
    const upstream = connect(options.to, '127.0.0.1')
    let sent = 0
    client.on('data', (bytes) => {
      sent += bytes.length
      if (sent <= options.afterBytes) return void upstream.write(bytes)
      cuts++
      client.destroy()
      upstream.destroy()
    })
    upstream.on('data', (bytes) => client.write(bytes))
    for (const socket of [client, upstream]) socket.on('error', () => undefined)
    client.on('close', () => upstream.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return { port: (server.address() as { port: number }).port, server, cuts: () => cuts }
}

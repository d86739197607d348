import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { openBlobs } from '#blobs'
import { beginPrint, createStudy, failPrint, finishPrint, type Ledger, reportPrint } from '#prisma'
import { smallPack } from '#study/testing'
import { GET as getFile } from '../app/api/prints/[key]/file/route.ts'
import { DELETE as cancelPrint, GET as getPrint } from '../app/api/prints/[key]/route.ts'
import { GET as getSheet } from '../app/api/studies/[id]/[sheet]/route.ts'
import { DELETE as takeBack } from '../app/api/studies/[id]/links/[link]/route.ts'
import { GET as getLinks, POST as postLink } from '../app/api/studies/[id]/links/route.ts'
import { POST as postPrint } from '../app/api/studies/[id]/prints/route.ts'
import { GET as getShared } from '../app/s/[token]/sheet.png/route.ts'
import { GET as getViewer } from '../app/s/[token]/viewer/route.ts'
import type { WireLink, WirePrint } from '../wire/print.ts'
import { ledger as ours } from './ledger.ts'
import { motor } from './motor.ts'
import { openServedLedger } from './served-ledger.testing.ts'

let ledger: Ledger
let id: string
const folder = mkdtempSync(join(tmpdir(), 'teststrip-prints-'))

beforeAll(async () => {
  ledger = await openServedLedger()
  vi.stubEnv('TESTSTRIP_BLOBS', folder)
})
beforeEach(async () => {
  const file = {
    teststrip: 1 as const,
    title: 'Two & three',
    pack: smallPack.name,
    recipe: {},
    axes: ['eta 0, 1'],
  }
  id = (await createStudy(ledger, { file })).id
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await (await motor()).close()
  await ours().close()
  await ledger.close()
  rmSync(folder, { recursive: true })
})

const at = <T>(params: T) => ({ params: Promise.resolve(params) })
const sheet = (query = '', name = 'sheet.png', headers = {}) =>
  getSheet(new Request(`http://127.0.0.1/${name}?wait=0&${query}`, { headers }), at({ id, sheet: name }))
const asked = async (query = '', name = 'sheet.png') => (await (await sheet(query, name)).json()) as WirePrint
const printed = async (key: string, text: string): Promise<void> => {
  await beginPrint(ledger, key, 2)
  const blob = await openBlobs(folder).put(Buffer.from(text), 'image/png')
  await finishPrint(ledger, key, { blob, bytes: text.length })
}
const look = async (key: string) =>
  (await (await getPrint(new Request('http://127.0.0.1/'), at({ key }))).json()) as WirePrint
const json = (body: unknown) =>
  new Request('http://127.0.0.1:3000/', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { host: '127.0.0.1:3000' },
  })

it('a large sheet is answered with where to look, and then with the file', async () => {
  const first = await sheet('theme=dark')
  const print = (await first.json()) as WirePrint
  expect(first.status).toBe(202)
  expect(first.headers.get('location')).toBe(`/api/prints/${print.key}`)
  expect(print).toMatchObject({ status: 'queued', file: null, error: null })

  await beginPrint(ledger, print.key, 2)
  await reportPrint(ledger, print.key, 1)
  expect(await look(print.key)).toMatchObject({ status: 'printing', drawn: 1, of: 2 })
  await printed(print.key, 'a picture')
  expect(await look(print.key)).toMatchObject({
    status: 'done',
    drawn: 2,
    file: `/api/prints/${print.key}/file`,
  })

  const done = await sheet('theme=dark&download')
  expect(await done.text()).toBe('a picture')
  expect(done.headers.get('content-type')).toBe('image/png')
  expect(done.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Two-three.png")
  const again = await sheet('theme=dark', 'sheet.png', { 'if-none-match': done.headers.get('etag')! })
  expect(again.status).toBe(304)
})

it('equal wishes are one print, however they are asked; others are not', async () => {
  const { key } = await asked('theme=dark&cell=64')
  expect((await asked('cell=64&theme=dark&title=')).key).toBe(key)
  const response = await postPrint(json({ query: { cell: '64', theme: 'dark' }, format: 'png' }), at({ id }))
  expect(((await response.json()) as WirePrint).key).toBe(key)

  const others = await Promise.all(
    ['theme=dark', 'cell=64', 'theme=dark&cell=64&page=1'].map((query) => asked(query)),
  )
  others.push(await asked('theme=dark&cell=64', 'sheet.webp'))
  expect(new Set([key, ...others.map((print) => print.key)]).size).toBe(5)
})

it('a file that the blobs have lost is printed again', async () => {
  const { key } = await asked()
  await printed(key, 'lost soon')
  expect((await sheet()).status).toBe(200)
  rmSync(folder, { recursive: true })
  expect(await asked()).toMatchObject({ key, status: 'queued', bytes: null })
})

it('a print is cancelled, and asked for again', async () => {
  const { key } = await asked()
  await beginPrint(ledger, key, 2)
  const cancelled = await cancelPrint(new Request('http://127.0.0.1/'), at({ key }))
  expect(await cancelled.json()).toMatchObject({ status: 'cancelled' })
  // Its printer hears of it at its next word, and a late end changes nothing.
  expect(await reportPrint(ledger, key, 1)).toBe(false)
  expect(await finishPrint(ledger, key, { blob: 'ab'.repeat(32), bytes: 1 })).toBe(false)
  expect((await getFile(new Request('http://127.0.0.1/'), at({ key }))).status).toBe(409)
  expect(await asked()).toMatchObject({ key, status: 'queued', drawn: 0 })
})

it('a print that failed says why, and is tried again when it is asked for again', async () => {
  const { key } = await asked()
  await failPrint(ledger, key, 'The sheet is too large.')
  expect(await look(key)).toMatchObject({ status: 'failed', error: 'The sheet is too large.' })
  const refused = await getFile(new Request('http://127.0.0.1/'), at({ key }))
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({ error: { message: 'The sheet is too large.' } })
  expect(await asked()).toMatchObject({ status: 'queued', error: null })
})

it('what no sheet can be is refused at once', async () => {
  for (const [query, name] of [
    ['theme=sepia', 'sheet.png'],
    ['cell=2', 'sheet.png'],
  ])
    expect((await sheet(query, name)).status).toBe(400)
  for (const name of ['sheet.bmp', 'sheet', 'other.png']) expect((await sheet('', name)).status).toBe(404)
})

it('markup is never shown in the name of the dashboard', async () => {
  for (const name of ['sheet.html', 'sheet.svg']) {
    const { key } = await asked('', name)
    await printed(key, `<script>${name}</script>`)
    expect((await sheet('', name)).headers.get('content-disposition')).toMatch(/^attachment/)
  }
})

it('a link shows one sheet to whoever has it, until it is taken back', async () => {
  const made = await postLink(json({ query: { theme: 'dark', title: 'For you' } }), at({ id }))
  expect(made.status).toBe(201)
  const link = (await made.json()) as WireLink
  expect(link).toMatchObject({ title: 'For you', whole: false, expiresAt: null })
  const [, token] = /^http:\/\/127\.0\.0\.1:3000\/s\/([A-Za-z0-9_-]{22,})$/.exec(link.url)!

  const { key } = await asked('theme=dark&title=For+you')
  await printed(key, 'the shared sheet')
  const shared = () => getShared(new Request('http://127.0.0.1/s/x/sheet.png'), at({ token: token! }))
  expect(await (await shared()).text()).toBe('the shared sheet')
  const viewer = () => getViewer(new Request('http://127.0.0.1/s/x/viewer'), at({ token: token! }))
  expect((await viewer()).status).toBe(404)

  const listed = async () =>
    ((await (await getLinks(json({}), at({ id }))).json()) as { links: WireLink[] }).links
  expect(await listed()).toEqual([link])
  expect((await takeBack(new Request('http://127.0.0.1/'), at({ id, link: link.id }))).status).toBe(204)
  expect((await takeBack(new Request('http://127.0.0.1/'), at({ id, link: link.id }))).status).toBe(404)
  expect(await listed()).toEqual([])
  expect((await shared()).status).toBe(404)
})

it('a link ends by itself, and one that never was looks the same', async () => {
  const made = await postLink(json({ days: 1 }), at({ id }))
  const { url, id: link } = (await made.json()) as WireLink
  const token = url.split('/s/')[1]!
  await ledger.pool.query(`update "Sheet" set "expiresAt" = now() - interval '1 second' where id = $1`, [
    link,
  ])

  const answers = await Promise.all(
    [token, 'A'.repeat(24), '../../etc/passwd', ''].map((each) =>
      getShared(new Request('http://127.0.0.1/s/x/sheet.png'), at({ token: each })),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
})

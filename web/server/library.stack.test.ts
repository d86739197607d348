import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { createStudy, getStudy, type Ledger, libraryShelves, setStudyStatus } from '#prisma'
import { createTestLedger, emptyLedger } from '#prisma/testing'
import { POST as postArchive } from '../app/api/studies/[id]/archive/route.ts'
import { GET as getExport } from '../app/api/studies/[id]/export/route.ts'
import { POST as postRestore } from '../app/api/studies/[id]/restore/route.ts'
import { DELETE as deleteStudy, PATCH as patchStudy } from '../app/api/studies/[id]/route.ts'
import { POST as postImport } from '../app/api/studies/import/route.ts'
import { GET as getStudies } from '../app/api/studies/route.ts'
import { ledger as ours } from './ledger.ts'

const data = mkdtempSync(join(tmpdir(), 'teststrip-library-'))
let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
  vi.stubEnv('TESTSTRIP_DATA', data)
  vi.stubEnv('TESTSTRIP_BLOBS', join(data, 'blobs'))
  vi.stubEnv('DATABASE_URL', ledger.url)
  vi.stubEnv('LOG_LEVEL', 'silent')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await ours().close()
  await ledger.close()
  rmSync(data, { recursive: true, force: true })
})
beforeEach(() => emptyLedger(ledger))

const at = (id: string) => ({ params: Promise.resolve({ id }) })
const post = () => new Request('http://127.0.0.1/', { method: 'POST' })
const library = async (query = ''): Promise<string[]> => {
  const response = await getStudies(new Request(`http://127.0.0.1/api/studies${query}`), undefined as never)

  return ((await response.json()) as { studies: { id: string }[] }).studies.map((study) => study.id)
}

it('a study is put aside, brought back and deleted, but not while it runs', async () => {
  const { id } = await createStudy(ledger, {
    file: { teststrip: 1, title: 'Aside', pack: 'starter', recipe: {}, axes: ['seed 1'] },
  })
  await setStudyStatus(ledger, id, 'running')
  for (const refused of [postArchive(post(), at(id)), deleteStudy(post(), at(id))])
    expect((await refused).status).toBe(409)

  await setStudyStatus(ledger, id, 'cancelled')
  expect((await postArchive(post(), at(id))).status).toBe(200)
  expect([await library(), await library('?archived=true')]).toEqual([[], [id]])
  expect((await postRestore(post(), at(id))).status).toBe(200)
  expect([await library(), await library('?archived=true')]).toEqual([[id], []])
  expect((await deleteStudy(post(), at(id))).status).toBe(204)
  expect((await postArchive(post(), at(id))).status).toBe(404)
})

const draft = async (title: string, axes: string[], tags?: string[]): Promise<string> => {
  const file = { teststrip: 1 as const, title, pack: 'starter', recipe: {}, axes, tags }

  return (await createStudy(ledger, { file })).id
}

it('the library is searched by parameters on axes, words, tag, status and pack, and sorted', async () => {
  const both = await draft('B both', ['eta 0, 1', 'cut_ic_pow & tv_scale 1 · 0, 2 · 5'], ['boats'])
  const one = await draft('a eta only', ['eta 0, 1'])
  const none = await draft('C about theta', ['seed 1'])
  await setStudyStatus(ledger, none, 'running')

  const found = (query: Record<string, string>) => library(`?${new URLSearchParams(query)}`)
  expect(await found({ search: 'eta × cut_ic_pow' })).toEqual([both])
  expect(await found({ search: 'tv_scale*eta' })).toEqual([both])
  expect(await found({ search: '× eta' })).toEqual([one, both])
  expect(await found({ search: 'eta' })).toEqual([none, one, both])
  expect(await found({ search: 'eta × cut_ only' })).toEqual([])
  expect(await found({ tag: 'boats' })).toEqual([both])
  expect(await found({ status: 'running' })).toEqual([none])
  expect(await found({ pack: 'another' })).toEqual([])
  expect(await found({ order: 'title' })).toEqual([one, both, none])
  expect(await libraryShelves(ledger)).toEqual({
    ...{ total: 3, statuses: { draft: 2, running: 1 } },
    ...{ packs: ['starter'], tags: ['boats'] },
  })
})

it('title, notes and tags change in any state, and nothing else does', async () => {
  const id = await draft('Before', ['seed 1'])
  await setStudyStatus(ledger, id, 'running')
  const patch = (body: unknown) =>
    patchStudy(new Request('http://127.0.0.1/', { method: 'PATCH', body: JSON.stringify(body) }), at(id))

  const answer = await (await patch({ title: 'After', tags: ['sea'] })).json()
  expect(answer).toMatchObject({ title: 'After', status: 'running', file: { title: 'After', tags: ['sea'] } })
  expect((await (await patch({ notes: 'kept' })).json()).file).toMatchObject({
    ...{ title: 'After', tags: ['sea'], notes: 'kept', axes: ['seed 1'] },
  })
  expect((await patch({ title: ' ' })).status).toBe(400)
  expect((await patch({ axes: [] })).status).toBe(400)
  expect((await getStudy(ledger, id))!.file.axes).toEqual(['seed 1'])
})

it('a study leaves as one ZIP and comes back, beside itself as a copy', async () => {
  const id = await draft('There & back', ['seed 1'])
  const zip = await getExport(post(), at(id))
  expect(zip.headers.get('content-disposition')).toContain('There%20back.zip')
  const bytes = await zip.arrayBuffer()
  const take = (query: string, body: ArrayBuffer) =>
    postImport(new Request(`http://127.0.0.1/${query}`, { method: 'POST', body }), undefined as never)

  const refused = await take('', bytes)
  expect([refused.status, (await refused.json()).error.message]).toEqual([409, expect.stringContaining(id)])
  const taken = await take('?copy=true', bytes)
  expect(taken.status).toBe(201)
  expect(await library()).toEqual(expect.arrayContaining([id, (await taken.json()).id]))
  expect((await take('', new TextEncoder().encode('no zip').buffer)).status).toBe(400)
  expect(readdirSync(join(data, 'passing'))).toEqual([])
})

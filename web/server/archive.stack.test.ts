import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createStudy, type Ledger, setStudyStatus } from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { POST as postArchive } from '../app/api/studies/[id]/archive/route.ts'
import { POST as postRestore } from '../app/api/studies/[id]/restore/route.ts'
import { DELETE as deleteStudy } from '../app/api/studies/[id]/route.ts'
import { GET as getStudies } from '../app/api/studies/route.ts'
import { ledger as ours } from './ledger.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
  vi.stubEnv('DATABASE_URL', ledger.url)
  vi.stubEnv('LOG_LEVEL', 'silent')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await ours().close()
  await ledger.close()
})

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

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { archiveStudy } from './archive-study.ts'
import { claimRenders } from './claim-renders.ts'
import { deleteStudy } from './delete-study.ts'
import { failRender } from './fail-render.ts'
import { forgetCheckpoints } from './forget-checkpoints.ts'
import { forgetLeftovers } from './forget-leftovers.ts'
import { getCell } from './get-cell.ts'
import { getStudy } from './get-study.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { listStudies } from './list-studies.ts'
import { listEvents } from './record-event.ts'
import { releaseRender } from './release-render.ts'
import { saveCheckpoint } from './save-checkpoint.ts'
import { savePartial } from './save-partial.ts'
import { setStudyStatus } from './set-study-status.ts'
import { createTestLedger, emptyLedger } from './testing.ts'
import { claimOf, finish, runningStudy, seedCells, sha } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())
let seed = 0
beforeEach(async () => {
  seed += 100
  await emptyLedger(ledger)
})

const monthsAgo = (key: string) =>
  ledger.pool.query(
    `update "Render" set "createdAt" = now() - interval '60 days', "claimedAt" = now() - interval '60 days',
     "finishedAt" = case when "finishedAt" is not null then now() - interval '60 days' end where key = $1`,
    [key],
  )
const days = (count: number) => ({ olderThanSeconds: count * 86_400 })

/** A study of one cell, claimed, with a checkpoint at step 10 and an intermediate picture. */
const interrupted = async () => {
  const study = await runningStudy(ledger, seedCells(1, seed++))
  const [render] = await claimRenders(ledger, claimOf(study.id, 'c:1'))
  const { key } = render!
  const held = { key, claim: 'c:1', bytes: 100 }
  await saveCheckpoint(ledger, { ...held, step: 10, blob: sha(`checkpoint of ${key}`) })
  await savePartial(ledger, { ...held, step: 5, image: sha(`partial of ${key}`), width: 64, height: 64 })

  return { id: study.id, render: render!, key }
}

it('an archived study leaves the library whole, and comes back by itself when it is started', async () => {
  const { id, render } = await interrupted()
  await expect(archiveStudy(ledger, id, { archived: true })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('is running'),
  })
  await finish(ledger, render, 'c:1')
  await setStudyStatus(ledger, id, 'finished')
  const before = await getStudy(ledger, id)

  expect(await archiveStudy(ledger, id, { archived: true })).toBe(true)
  expect(await archiveStudy(ledger, id, { archived: true })).toBe(false)
  expect(await listStudies(ledger)).toEqual([])
  const put = await listStudies(ledger, { archived: true })
  expect(put).toMatchObject([{ id, archivedAt: expect.any(Date), counts: { done: 1 } }])
  expect(BigInt(put[0]!.version)).toBeGreaterThan(BigInt(before!.version))

  expect(await archiveStudy(ledger, id, { archived: false })).toBe(true)
  expect((await listStudies(ledger)).map((study) => study.id)).toEqual([id])
  await archiveStudy(ledger, id, { archived: true })
  await setStudyStatus(ledger, id, 'running')
  expect(await getStudy(ledger, id)).toMatchObject({ status: 'running', archivedAt: null })
  expect((await listEvents(ledger, id)).map((event) => event.kind)).toEqual(
    expect.arrayContaining(['archived', 'restored']),
  )
  await expect(
    archiveStudy(ledger, '01890000-0000-7000-8000-000000000000', { archived: true }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

it('leftovers of unfinished renders go once nobody waits for them, and the cell says so', async () => {
  const cancelled = await interrupted()
  const paused = await interrupted()
  const fresh = await interrupted()
  const failed = await interrupted()
  for (const { key } of [cancelled, paused, fresh]) await releaseRender(ledger, { key, claim: 'c:1' })
  await failRender(ledger, { key: failed.key, claim: 'c:1', error: 'too large' })
  for (const { id } of [cancelled, fresh, failed]) await setStudyStatus(ledger, id, 'cancelled')
  await setStudyStatus(ledger, paused.id, 'paused')
  for (const { key } of [cancelled, paused, failed]) await monthsAgo(key)
  const { version } = await listCells(ledger, cancelled.id)

  expect(await forgetLeftovers(ledger, days(30))).toBe(2)
  expect(await forgetLeftovers(ledger, days(30))).toBe(0)

  const changed = await listCells(ledger, cancelled.id, { afterVersion: version })
  expect(changed.cells).toMatchObject([{ status: 'queued', step: null }])
  expect(await getCell(ledger, cancelled.id, 0)).toMatchObject({ partials: [] })
  expect(await getCell(ledger, failed.id, 0)).toMatchObject({
    status: 'failed',
    error: 'too large',
    partials: [],
  })
  for (const { id } of [paused, fresh])
    expect(await getCell(ledger, id, 0)).toMatchObject({ step: 10, partials: [{ step: 5 }] })
})

it('leftovers stay while another study that is active wants the same picture', async () => {
  const one = await interrupted()
  await releaseRender(ledger, { key: one.key, claim: 'c:1' })
  await setStudyStatus(ledger, one.id, 'cancelled')
  await runningStudy(ledger, seedCells(1, seed - 1), 'The same again')
  await monthsAgo(one.key)

  expect(await forgetLeftovers(ledger, days(30))).toBe(0)
})

it('intermediate pictures of finished renders stay for good', async () => {
  const { id, render, key } = await interrupted()
  await finish(ledger, render, 'c:1')
  await setStudyStatus(ledger, id, 'finished')
  await monthsAgo(key)

  expect(await forgetLeftovers(ledger, days(30))).toBe(0)
  expect(await getCell(ledger, id, 0)).toMatchObject({ status: 'done', partials: [{ step: 5 }] })
})

it('checkpoints are forgotten when replaced, never the one that is gone on from', async () => {
  const { key } = await interrupted()
  const first = sha(`checkpoint of ${key}`)
  const second = sha(`second checkpoint of ${key}`)
  await saveCheckpoint(ledger, { key, claim: 'c:1', step: 20, blob: second, bytes: 100 })

  expect(await forgetCheckpoints(ledger, { before: new Date(Date.now() - 3_600_000) })).toEqual([])
  expect(await forgetCheckpoints(ledger, { before: new Date(Date.now() + 1000) })).toEqual([first])
  expect(await forgetCheckpoints(ledger, { before: new Date(Date.now() + 1000) })).toEqual([])
})

it('a deleted study leaves its renders, whose leftovers then age', async () => {
  const { id, key } = await interrupted()
  await releaseRender(ledger, { key, claim: 'c:1' })
  await setStudyStatus(ledger, id, 'cancelled')
  await deleteStudy(ledger, id)
  expect(await forgetLeftovers(ledger, days(30))).toBe(0)
  await monthsAgo(key)
  expect(await forgetLeftovers(ledger, days(30))).toBe(1)
})

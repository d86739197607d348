import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { createStudy } from './create-study.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { finishEnqueue } from './finish-enqueue.ts'
import { getCell } from './get-cell.ts'
import { knownDone } from './known-done.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { markCells } from './mark-cells.ts'
import { setStudyStatus } from './set-study-status.ts'
import { studyCounts } from './study-counts.ts'
import { createTestLedger } from './testing.ts'
import { base, cell, claimOf, file, finish, pack, runningStudy, seedCells } from './testing-fixtures.ts'
import type { NewCell } from './types.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

it('enqueues 100,000 cells as a stream, in bounded memory, and then claims and pages through them', async () => {
  const count = 100_000
  const study = await createStudy(ledger, { file: file('Large') })
  let made = 0
  function* stream(): Generator<NewCell> {
    for (; made < count; made++) yield cell(made, { seed: 10_000_000 + made, eta: (made % 10) / 10 })
  }
  let peak = 0
  const before = process.memoryUsage().rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before)
  }, 20)

  const { inserted } = await enqueueCells(ledger, { studyId: study.id, pack, base, cells: stream() })
  clearInterval(watch)
  expect(inserted).toBe(count)
  expect(peak).toBeLessThan(300e6)
  await finishEnqueue(ledger, { studyId: study.id, size: count })
  await setStudyStatus(ledger, study.id, 'running')

  for (let turn = 0; turn < 20; turn++)
    expect(await claimRenders(ledger, claimOf(study.id, `l:${turn}`, 8))).toHaveLength(8)

  const seen = new Set<number>()
  for (let after = '0', more = true; more; ) {
    const page = await listCells(ledger, study.id, { afterVersion: after })
    for (const one of page.cells) seen.add(one.seq)
    after = page.version
    more = page.more
  }
  expect(seen.size).toBe(count)
})

it('changes nothing when the same cells come again', async () => {
  const study = await runningStudy(ledger, seedCells(20, 1000))
  const [render] = await claimRenders(ledger, claimOf(study.id, 'a:1'))
  await finish(ledger, render!, 'a:1')
  const before = await listCells(ledger, study.id)

  const again = await enqueueCells(ledger, { studyId: study.id, pack, base, cells: seedCells(20, 1000) })

  expect(again).toEqual({ inserted: 0, reused: 0 })
  expect(await listCells(ledger, study.id)).toEqual(before)
})

it('keeps pictures and marks when an axis is extended in the middle and shortened again', async () => {
  const study = await runningStudy(ledger, seedCells(3, 2000))
  for (const render of await claimRenders(ledger, claimOf(study.id, 'b:1', 3)))
    await finish(ledger, render, 'b:1')
  await markCells(ledger, study.id, [2], { rating: 5, mark: 'star', note: 'the good one' })
  const { version } = await listCells(ledger, study.id)

  const extended = [2000, 2050, 2001, 2002].map((seed, seq) => cell(seq, { seed }))
  expect(await enqueueCells(ledger, { studyId: study.id, pack, base, cells: extended })).toEqual({
    inserted: 3,
    reused: 2,
  })

  const { cells } = await listCells(ledger, study.id, { afterVersion: version })
  expect(cells.map(({ seq, status, rating }) => [seq, status, rating])).toEqual([
    [1, 'queued', null],
    [2, 'done', null],
    [3, 'done', 5],
  ])
  expect(
    (await claimRenders(ledger, claimOf(study.id, 'b:2', 9))).map((render) => render.recipe.seed),
  ).toEqual([2050])

  expect(await finishEnqueue(ledger, { studyId: study.id, size: 2 })).toEqual({ removed: 2 })
  expect(await studyCounts(ledger, study.id)).toMatchObject({ cells: 2, done: 1, rendering: 1 })
})

it('shows excluded cells and never renders them', async () => {
  const cells = seedCells(3, 3000).map((one) => ({ ...one, excluded: one.seq === 1 }))
  const study = await runningStudy(ledger, cells)

  expect(await claimRenders(ledger, claimOf(study.id, 'c:1', 9))).toHaveLength(2)
  expect(await studyCounts(ledger, study.id)).toEqual({
    cells: 3,
    excluded: 1,
    queued: 0,
    rendering: 2,
    done: 0,
    failed: 0,
  })
  expect(await getCell(ledger, study.id, 1)).toMatchObject({
    status: 'excluded',
    excluded: true,
    recipe: null,
  })

  // A skip rule was dropped: now it is wanted.
  await enqueueCells(ledger, { studyId: study.id, pack, base, cells: seedCells(3, 3000) })
  expect(await getCell(ledger, study.id, 1)).toMatchObject({
    status: 'queued',
    recipe: { ...base, ...cells[1]!.patch },
  })
})

it('shares one render between equal cells of a study', async () => {
  const study = await runningStudy(ledger, [
    cell(0, { seed: 4000 }),
    cell(1, { seed: 4000 }),
    cell(2, { seed: 4001 }),
  ])
  const claimed = await claimRenders(ledger, claimOf(study.id, 'd:1', 9))
  expect(claimed).toHaveLength(2)

  await finish(ledger, claimed[0]!, 'd:1')
  expect(await studyCounts(ledger, study.id)).toMatchObject({ done: 2, rendering: 1 })
  expect(
    await knownDone(
      ledger,
      claimed.map((render) => render.key),
    ),
  ).toEqual(new Set([claimed[0]!.key]))
})

it('survives two enqueues of overlapping recipes in opposite order', async () => {
  const [one, other] = [
    await createStudy(ledger, { file: file('One') }),
    await createStudy(ledger, { file: file('Other') }),
  ]
  const backwards = seedCells(4000, 50_000).reverse()

  await Promise.all([
    enqueueCells(ledger, { studyId: one.id, pack, base, cells: seedCells(4000, 50_000) }),
    enqueueCells(ledger, { studyId: other.id, pack, base, cells: backwards }),
  ])

  expect(await studyCounts(ledger, one.id)).toMatchObject({ queued: 4000 })
  expect(await studyCounts(ledger, other.id)).toMatchObject({ queued: 4000 })
})

it('refuses a study that does not exist', async () => {
  const cells = seedCells(1, 60_000)
  const studyId = '01890000-0000-7000-8000-000000000000'

  await expect(enqueueCells(ledger, { studyId, pack, base, cells })).rejects.toMatchObject({
    code: 'not_found',
  })
  await expect(enqueueCells(ledger, { studyId: 'x', pack, base, cells })).rejects.toMatchObject({
    code: 'not_found',
  })
})

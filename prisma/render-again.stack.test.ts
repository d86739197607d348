import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { getCell } from './get-cell.ts'
import type { Ledger } from './ledger.ts'
import { renderAgain } from './render-again.ts'
import { sweepRenders } from './sweep-renders.ts'
import { createTestLedger } from './testing.ts'
import { base, claimOf, finish, pack, runningStudy, seedCells, sha } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

const renderAll = async (studyId: string, claim: string): Promise<number> => {
  const claimed = await claimRenders(ledger, claimOf(studyId, claim, 99))
  for (const render of claimed) await finish(ledger, render, claim)

  return claimed.length
}

it('keeps both pictures and shows the new one, in this study alone', async () => {
  const cells = seedCells(2, 100)
  const { id } = await runningStudy(ledger, cells)
  await renderAll(id, 'a:1')
  const other = await runningStudy(ledger, cells, 'Other')
  const first = sha(`picture of ${cells[0]!.key}`)

  expect(await renderAgain(ledger, id, [0, 7])).toBe(1)
  expect(await getCell(ledger, id, 0)).toMatchObject({
    status: 'queued',
    image: null,
    take: 1,
    takes: [{ take: 0, image: first }],
    recipe: { seed: 100 },
  })
  expect(await renderAll(id, 'a:2')).toBe(1)

  const again = await getCell(ledger, id, 0)
  expect(again).toMatchObject({ status: 'done', take: 1, takes: [{ take: 0, image: first }] })
  expect(again!.image).not.toBe(first)
  expect(await getCell(ledger, id, 1)).toMatchObject({ status: 'done', take: 0, takes: [] })
  expect(await getCell(ledger, other.id, 0)).toMatchObject({
    image: first,
    take: 0,
    takes: [{ take: 1, image: again!.image }],
  })

  // A third take; then an edit that brings the recipe to another place.
  await renderAgain(ledger, id, [0])
  await renderAll(id, 'a:3')
  await enqueueCells(ledger, { studyId: id, pack, base, cells: seedCells(3, 99) })
  expect(await getCell(ledger, id, 1)).toMatchObject({
    recipe: { seed: 100 },
    status: 'done',
    take: 2,
    takes: [{ take: 1 }, { take: 0 }],
  })
})

it('leaves alone what is not finished', async () => {
  const { id } = await runningStudy(ledger, seedCells(2, 200))
  await claimRenders(ledger, claimOf(id, 'b:1'))

  expect(await renderAgain(ledger, id, [0, 1])).toBe(0)
})

it('keeps the earlier take when renders that no cell shows are forgotten', async () => {
  const { id } = await runningStudy(ledger, seedCells(1, 300))
  await renderAll(id, 'c:1')
  await renderAgain(ledger, id, [0])
  await renderAll(id, 'c:2')

  await sweepRenders(ledger, { olderThanSeconds: -1 })
  expect(await getCell(ledger, id, 0)).toMatchObject({ take: 1, takes: [{ take: 0 }] })
})

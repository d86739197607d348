import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDistances } from './add-distances.ts'
import { readMeasure } from './cell-columns.ts'
import { claimRenders } from './claim-renders.ts'
import { getStudy } from './get-study.ts'
import { lackingDistances, referencedStudies } from './lacking-distances.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { measureNames } from './measure-names.ts'
import { referencePlace } from './reference-place.ts'
import { setReference } from './set-reference.ts'
import { createTestLedger } from './testing.ts'
import { claimOf, finish, pack, runningStudy, seedCells } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

/** Three cells, the first two of them finished. */
const twoOfThree = async (from: number) => {
  const { id } = await runningStudy(ledger, seedCells(3, from))
  for (const render of await claimRenders(ledger, claimOf(id, `c:${from}`, 2)))
    await finish(ledger, render, `c:${from}`)
  const [first, second] = (await listCells(ledger, id)).cells.sort((a, b) => a.seq - b.seq)

  return { id, first: first!.renderKey, second: second!.renderKey }
}

const distances = async (id: string) =>
  (await listCells(ledger, id)).cells.sort((a, b) => a.seq - b.seq).map(({ metrics }) => metrics?.lpips)

it('finished pictures wait for their distance to the reference, and get it once', async () => {
  const { id, first, second } = await twoOfThree(100)
  expect(await referencedStudies(ledger, { packHashes: [pack.hash] })).toEqual([])

  await setReference(ledger, id, 0)
  expect(await referencedStudies(ledger, { packHashes: [pack.hash] })).toMatchObject([
    { id, reference: first },
  ])
  expect(await referencedStudies(ledger, { packHashes: ['another'] })).toEqual([])
  expect(await referencePlace(ledger, id)).toBe(0)
  const lacking = await lackingDistances(ledger, { studyId: id, limit: 9 })
  expect(lacking.map(({ key }) => key).sort()).toEqual([first, second].sort())

  const { version } = await listCells(ledger, id)
  const measured = {
    studyId: id,
    reference: first,
    distances: new Map([
      [first, 0],
      [second, 0.75],
    ]),
  }
  expect(await addDistances(ledger, measured)).toBe(2)
  expect(await addDistances(ledger, measured)).toBe(0)

  expect(await lackingDistances(ledger, { studyId: id, limit: 9 })).toEqual([])
  const told = await listCells(ledger, id, { afterVersion: version })
  expect(told.cells.map(({ seq, metrics }) => [seq, metrics])).toEqual([
    [0, { clipSimilarity: 0.25, lpips: 0 }],
    [1, { clipSimilarity: 0.25, lpips: 0.75 }],
  ])
  expect(await measureNames(ledger, id)).toEqual(['clipSimilarity', 'lpips'])
  const column = await readMeasure(ledger, id, 'lpips')
  const view = new DataView(column.buffer, column.byteOffset)
  expect([0, 1, 2].map((seq) => view.getFloat32(seq * 4))).toEqual([0, 0.75, Number.NaN])
})

it('another reference begins anew, and what was measured against the one before is dropped', async () => {
  const { id, first, second } = await twoOfThree(200)
  await setReference(ledger, id, 0)
  const late = { studyId: id, reference: first, distances: new Map([[second, 0.75]]) }
  await addDistances(ledger, late)
  const { version } = await listCells(ledger, id)

  await setReference(ledger, id, 1)
  const told = await listCells(ledger, id, { afterVersion: version })
  expect(told.cells.map(({ seq, metrics }) => [seq, metrics])).toEqual([[1, { clipSimilarity: 0.25 }]])
  expect(await addDistances(ledger, late)).toBe(0)
  expect(await distances(id)).toEqual([undefined, undefined, undefined])

  await setReference(ledger, id, null)
  expect((await getStudy(ledger, id))!.reference).toBeNull()
  expect(await referencePlace(ledger, id)).toBeNull()
})

it('only a finished picture of the study can be the reference', async () => {
  const { id } = await twoOfThree(300)
  await expect(setReference(ledger, id, 2)).rejects.toThrow('Cell 2 has no finished picture')
  await expect(setReference(ledger, id, 3)).rejects.toThrow('Cell 3 has no finished picture')
  await expect(setReference(ledger, '00000000-0000-4000-8000-000000000000', 0)).rejects.toThrow('no study')
})

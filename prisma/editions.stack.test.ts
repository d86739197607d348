import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { editStudy, updateDraft } from './edit-study.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { finishEnqueue } from './finish-enqueue.ts'
import { getStudy } from './get-study.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { createTestLedger } from './testing.ts'
import { base, file, pack, runningStudy, seedCells } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

it('refuses a change that was made from an older edition, and names the present one', async () => {
  const { id } = await runningStudy(ledger, seedCells(2))
  expect(await editStudy(ledger, id, file('Second'), { from: 1 })).toMatchObject({ edition: 2 })

  await expect(editStudy(ledger, id, file('Late'), { from: 1 })).rejects.toMatchObject({
    code: 'conflict',
    details: { edition: 2 },
  })
  expect(await getStudy(ledger, id)).toMatchObject({ title: 'Second', edition: 2 })
  // Whoever names no edition means whatever there is.
  expect(await editStudy(ledger, id, file('Third'))).toMatchObject({ title: 'Third', edition: 3 })
})

it('leaves a started study alone when a draft was meant', async () => {
  const { id } = await runningStudy(ledger, seedCells(1))

  await expect(updateDraft(ledger, id, file('Late'))).rejects.toMatchObject({ code: 'conflict' })
  expect(await getStudy(ledger, id)).toMatchObject({ title: 'A study', edition: 1 })
})

it('never writes cells of an old file over those of a new one', async () => {
  const { id } = await runningStudy(ledger, seedCells(4, 100))
  await finishEnqueue(ledger, { studyId: id, size: 4, edition: 1 })
  expect(await getStudy(ledger, id)).toMatchObject({ edition: 1, expanded: 1 })
  await editStudy(ledger, id, file('Second'))
  const before = await listCells(ledger, id)

  const old = { studyId: id, pack, base, edition: 1 }
  await expect(enqueueCells(ledger, { ...old, cells: seedCells(9, 200) })).rejects.toMatchObject({
    code: 'conflict',
    details: { edition: 2 },
  })
  await expect(finishEnqueue(ledger, { studyId: id, size: 1, edition: 1 })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect((await listCells(ledger, id)).cells).toEqual(before.cells)
  expect(await getStudy(ledger, id)).toMatchObject({ edition: 2, expanded: 1 })
})

it('refuses changes while a study is being deleted', async () => {
  const { id } = await runningStudy(ledger, seedCells(1, 300))
  const other = new Client({ connectionString: ledger.url })
  await other.connect()
  await other.query('begin')
  await other.query('delete from "Study" where id = $1', [id])

  await expect(editStudy(ledger, id, file('Late'))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('being deleted'),
  })
  await other.query('commit')
  await expect(editStudy(ledger, id, file('Late'))).rejects.toMatchObject({ code: 'not_found' })
  await other.end()
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sheetFrom, sheetOf } from './sheet.ts'
import type { Places } from './view-url.ts'

const plan = (...lengths: number[]) => ({
  axes: lengths.map((length, axis) => ({
    name: `axis ${axis}`,
    text: '',
    parameters: [],
    points: Array.from({ length }, (_, point) => ({ label: `${axis}.${point}`, patch: {} })),
  })),
})
const nowhere: Places = { columns: [], rows: [], groups: [], pages: [], slider: [] }
const seqsOf = (sheet: ReturnType<typeof sheetOf>): number[][] =>
  Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (_, column) => sheet.cell(row, column)),
  )

test('two axes make a table, and swapping them turns it over', () => {
  const study = plan(2, 3)
  expect(seqsOf(sheetOf(study, { ...nowhere, columns: [0], rows: [1] }))).toEqual([
    [0, 3],
    [1, 4],
    [2, 5],
  ])
  expect(seqsOf(sheetOf(study, { ...nowhere, columns: [1], rows: [0] }))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ])
})

test('hidden values leave no gap, and all hidden hides none', () => {
  const study = plan(2, 3)
  const view = { ...nowhere, columns: [1], rows: [0] }
  const sheet = sheetOf(study, view, { hidden: { 1: [1] } })
  expect(seqsOf(sheet)).toEqual([
    [0, 2],
    [3, 5],
  ])
  expect(sheet.placeOf(1)).toBeNull()
  expect(sheet.columns.labels(1)).toEqual([{ axis: 1, point: 2, text: '1.2' }])
  expect(seqsOf(sheetOf(study, view, { hidden: { 0: [0, 1] } }))).toHaveLength(2)
})

test('groups are tables beside and below each other, the last line not always full', () => {
  const study = plan(3, 2, 1)
  const sheet = sheetOf(study, { ...nowhere, groups: [0], columns: [1], rows: [2] }, { across: 2 })
  expect(seqsOf(sheet)).toEqual([
    [0, 1, 2, 3],
    [4, 5, -1, -1],
  ])
})

test('a page stands at its point, or at the first one that is not hidden', () => {
  const study = plan(2, 3)
  const view = { ...nowhere, columns: [0], pages: [1] }
  expect(seqsOf(sheetOf(study, view, { at: { 1: 2 } }))).toEqual([[2, 5]])
  expect(seqsOf(sheetOf(study, view, { at: { 1: 2 }, hidden: { 1: [0, 2] } }))).toEqual([[1, 4]])
})

test('every cell is found where it lies, however the axes do, also on the same sheet made elsewhere', () => {
  const kinds = ['columns', 'rows', 'groups', 'pages', 'slider'] as const
  const cases = fc.record({
    lengths: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    kind: fc.array(fc.constantFrom(...kinds), { minLength: 4, maxLength: 4 }),
    across: fc.integer({ min: 1, max: 4 }),
    hide: fc.nat(3),
  })
  fc.assert(
    fc.property(cases, ({ lengths, kind, across, hide }) => {
      const view: Places = { columns: [], rows: [], groups: [], pages: [], slider: [] }
      for (const axis of lengths.keys()) view[kind[axis]!].push(axis)
      const sheet = sheetOf(plan(...lengths), view, { across, hidden: { 0: [hide] } })
      const again = sheetFrom(structuredClone(sheet.source))
      const seen = new Set<number>()
      for (let row = 0; row < sheet.rowCount; row++)
        for (let column = 0; column < sheet.columnCount; column++) {
          const seq = sheet.cell(row, column)
          expect(again.cell(row, column)).toBe(seq)
          if (seq < 0) continue
          expect(sheet.placeOf(seq)).toEqual({ column, row })
          expect(seen.has(seq)).toBe(false)
          seen.add(seq)
        }
      const size = lengths.reduce((product, length) => product * length, 1)
      for (let seq = 0; seq < size; seq++) if (!seen.has(seq)) expect(sheet.placeOf(seq)).toBeNull()
    }),
  )
})

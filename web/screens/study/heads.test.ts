import { expect, test } from 'vitest'
import { sheetOf } from '../../state/sheet.ts'
import { bandsIn, headSizes, namedEach, slotOf } from './heads.ts'

const axis = (name: string, labels: string[]) => ({
  name,
  text: name,
  parameters: [],
  points: labels.map((label) => ({ label, patch: {} })),
})
const nowhere = { columns: [], rows: [], groups: [], pages: [], slider: [] }
const plan = { axes: [axis('eta', ['1', '2']), axis('level', ['low', 'high'])] }
const nested = sheetOf(plan, { ...nowhere, columns: [1, 0] }).columns

test('an outer label stands once over all its columns', () => {
  const all = { range: [0, 4], each: 1 } as const
  expect(bandsIn(nested, 0, all)).toEqual([
    { text: 'low', axis: 1, start: 0, span: 2, nth: 0 },
    { text: 'high', axis: 1, start: 2, span: 2, nth: 1 },
  ])
  expect(bandsIn(nested, 1, all).map(({ text }) => text)).toEqual(['1', '2', '1', '2'])
})

test('a band that begins out of sight is cut to what is seen', () => {
  expect(bandsIn(nested, 0, { range: [1, 4], each: 1 })).toEqual([
    { text: 'low', axis: 1, start: 1, span: 1, nth: 0 },
    { text: 'high', axis: 1, start: 2, span: 2, nth: 1 },
  ])
})

test('where cells are small only some columns are named, without running into each other', () => {
  const many = {
    axes: [
      axis(
        'seed',
        Array.from({ length: 400 }, (_, i) => String(1000 + i)),
      ),
    ],
  }
  const side = sheetOf(many, { ...nowhere, columns: [0] }).columns
  const each = namedEach({ plan: many, side, pitch: 3, along: 'columns' })
  expect(each * 3).toBeGreaterThan(4 * 7)
  const bands = bandsIn(side, 0, { range: [0, 400], each })
  expect(bands).toHaveLength(Math.ceil(400 / each))
  expect(bands[1]).toMatchObject({ text: String(1000 + each), start: each })
  expect(namedEach({ plan: many, side, pitch: 60, along: 'columns' })).toBe(1)
})

test('labels beside each other stand in elements of their own, and keep them while the sheet scrolls', () => {
  const slots = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => slotOf(first + index, count))
  for (const count of [1, 2, 5, 33]) expect(new Set(slots(17, count)).size).toBe(count)
  expect(slots(18, 33).slice(0, 32)).toEqual(slots(17, 33).slice(1))
})

test('long labels get the lines they need, wide bands fewer', () => {
  const words = 'a castle on the hill in the evening'
  const long = { axes: [axis('prompt', [words]), axis('seed', ['1', '2', '3'])] }
  const levels = (columns: number[]) => {
    const sheet = sheetOf(long, { ...nowhere, columns })
    return headSizes({ plan: long, columns: sheet.columns, rows: sheet.rows, pitch: 106, gap: 6 }).levels
  }
  expect(levels([0])).toEqual([45])
  expect(levels([0, 1])).toEqual([15 + 7, 15])
})

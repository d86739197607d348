import { expect, test } from 'vitest'
import { fitting, inSight, moved, placesOf, swapped } from './places.ts'

test('every axis has a place: what is neither across nor down is paged through', () => {
  expect(placesOf({ columns: [2], rows: [0] }, 4)).toEqual({ columns: [2], rows: [0], pages: [1, 3] })
  expect(placesOf({ columns: [], rows: [] }, 1)).toEqual({ columns: [], rows: [], pages: [0] })
})

test('an axis moves to the end of its new place, and columns change with rows', () => {
  const places = { columns: [0, 1], rows: [2], pages: [3] }
  expect(moved(places, 0, 'rows')).toEqual({ columns: [1], rows: [2, 0], pages: [3] })
  expect(moved(places, 3, 'columns')).toEqual({ columns: [0, 1, 3], rows: [2], pages: [] })
  expect(swapped(places)).toEqual({ columns: [2], rows: [0, 1], pages: [3] })
})

test('what is in sight never leaves the sheet', () => {
  expect(inSight(0, 500, 100, 100_000)).toEqual([0, 6])
  expect(inSight(1_000, 500, 100, 12)).toEqual([9, 12])
  expect(inSight(9_000, 500, 100, 12)).toEqual([12, 12])
})

test('a small sheet is shown whole, a wide one at a size that can be seen', () => {
  const window = { width: 1_000, height: 800, ratio: 1, natural: 512 }
  expect(fitting({ ...window, columns: 4, rows: 4 })).toBe(192)
  expect(fitting({ ...window, columns: 300, rows: 300 })).toBe(40)
  expect(fitting({ ...window, columns: 1, rows: 1, natural: 64 })).toBe(320)
})

import { expect, test } from 'vitest'
import { readView } from './read-view.ts'

test('a sheet shows what its address says, other axes at one point', () => {
  expect(readView({})).toBeUndefined()
  expect(readView({ cols: '0', rows: '2.1' })).toEqual({ columns: [0], rows: [2, 1], slider: [] })
  expect(readView({ cols: '0', rows: '', pages: '1.2', at: '2.5' })).toEqual({
    columns: [0],
    rows: [],
    slider: [
      { axis: 2, point: 5 },
      { axis: 1, point: 0 },
    ],
  })
})

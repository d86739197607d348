import { expect, test } from 'vitest'
import { CellStore, statusByte } from './cell-store.ts'
import { countPassing, type Filter, filterOf, isFiltering, noFilter } from './filter.ts'

const progress = {
  status: 'running' as const,
  counts: { cells: 6, excluded: 0, queued: 0, rendering: 0, done: 6, failed: 0 },
  ...{ perMinute: null, secondsLeft: null, errorShare: null, forecast: null },
}
/** Done, done, failed, queued, done, done. */
const store = new CellStore({ size: 6, version: '1', edition: 1, progress, statusLine: '445244' })
store.change([0, 4], { mark: 'star' })
store.change([1], { mark: 'reject', rating: 2 })
store.change([4], { rating: 5, note: 'the beam' })
store.putMeasure('contrast', Float32Array.of(0.1, 0.2, Number.NaN, Number.NaN, 0.3, 0.4))

const passing = (filter: Partial<Filter>): number[] => {
  const passes = filterOf({ ...noFilter, ...filter }, store)
  return Array.from({ length: 6 }, (_, seq) => seq).filter(passes)
}

test('nothing said lets every cell pass', () => {
  expect(isFiltering(noFilter)).toBe(false)
  expect(passing({})).toHaveLength(6)
})

test('cells are filtered by status, mark, rating, note and measure', () => {
  expect(store.status[2]).toBe(statusByte.failed)
  expect(passing({ status: ['failed', 'queued'] })).toEqual([2, 3])
  expect(passing({ mark: 'star' })).toEqual([0, 4])
  expect(passing({ mark: 'reject' })).toEqual([1])
  expect(passing({ mark: 'unmarked' })).toEqual([2, 3, 5])
  expect(passing({ mark: 'note' })).toEqual([4])
  expect(passing({ rating: 3 })).toEqual([4])
  expect(passing({ measure: { name: 'contrast', from: 0.15, to: 0.35 } })).toEqual([1, 4])
})

test('several conditions hold together, and those that pass are counted', () => {
  expect(passing({ mark: 'star', measure: { name: 'contrast', from: 0.2, to: 1 } })).toEqual([4])
  expect(countPassing(filterOf({ ...noFilter, status: ['done'] }, store), 6)).toBe(4)
})

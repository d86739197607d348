import { expect, test } from 'vitest'
import { batchAtTail, shouldTake } from './tail.ts'

test('far from the end every device takes what it gets', () => {
  expect(shouldTake({ left: 500, mine: 60, others: [2, 2] })).toBe(true)
})

test('at the end a slow device leaves the rest to those that finish it sooner', () => {
  expect(shouldTake({ left: 3, mine: 60, others: [2] })).toBe(false)
  expect(shouldTake({ left: 3, mine: 2, others: [60] })).toBe(true)
})

test('equal devices take the last ones as they come', () => {
  expect(shouldTake({ left: 1, mine: 5, others: [5, 5] })).toBe(true)
  expect(shouldTake({ left: 1, mine: 5, others: [5] })).toBe(true)
})

test('what was not measured is no reason to wait', () => {
  expect(shouldTake({ left: 1, mine: null, others: [1] })).toBe(true)
  expect(shouldTake({ left: 1, mine: 60, others: [null] })).toBe(true)
  expect(shouldTake({ left: 1, mine: 60, others: [] })).toBe(true)
})

test('the last renders are shared out rather than taken by one device', () => {
  expect(batchAtTail(100, 8, 4)).toBe(8)
  expect(batchAtTail(12, 8, 4)).toBe(3)
  expect(batchAtTail(1, 8, 4)).toBe(1)
  expect(batchAtTail(5, 8, 1)).toBe(5)
})

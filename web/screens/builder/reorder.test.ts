import { expect, test } from 'vitest'
import { targetOf } from './reorder.ts'

test('what is dragged passes the middles it crosses', () => {
  const middles = [50, 150, 250]
  expect(targetOf(middles, 0, 0)).toBe(0)
  expect(targetOf(middles, 0, 99)).toBe(0)
  expect(targetOf(middles, 0, 101)).toBe(1)
  expect(targetOf(middles, 0, 900)).toBe(2)
  expect(targetOf(middles, 2, -120)).toBe(1)
  expect(targetOf(middles, 2, -900)).toBe(0)
})

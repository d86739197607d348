import { expect, test } from 'vitest'
import { type Plan, parseAxis } from '#study'
import { putAt, shifted, stepAll, without } from './step-all.ts'

const axes = ['eta 0, 0.5, 1', 'seed 1, 2'].map((text) => {
  const parsed = parseAxis(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.axis
})
const plan = { axes, size: 6 } as unknown as Plan

test('all pictures step together, or not at all', () => {
  expect(stepAll(plan, { seqs: [0, 1], reference: 1 }, 0, 1)).toEqual({ seqs: [2, 3], reference: 3 })
  expect(stepAll(plan, { seqs: [0, 1], reference: 1 }, 1, 1)).toBeNull()
  expect(stepAll(plan, { seqs: [0, 2], reference: 0 }, 0, -1)).toBeNull()
})

test('pictures change places', () => {
  expect(shifted([4, 5, 6], 5, 1)).toEqual([4, 6, 5])
  expect(shifted([4, 5, 6], 4, -1)).toEqual([4, 5, 6])
  expect(shifted([4, 5, 6], 9, 1)).toEqual([4, 5, 6])
  expect(putAt([4, 5, 6], 6, 4)).toEqual([6, 4, 5])
  expect(putAt([4, 5, 6], 4, 6)).toEqual([5, 6, 4])
})

test('what is taken out is no reference any more', () => {
  expect(without({ seqs: [4, 5, 6], reference: 4 }, 4)).toEqual({ seqs: [5, 6], reference: 5 })
  expect(without({ seqs: [4, 5, 6], reference: 4 }, 6)).toEqual({ seqs: [4, 5], reference: 4 })
})

import { expect, test } from 'vitest'
import { postingSize } from './posting-size.ts'
import { testStudy } from './testing.ts'

test('a grid is posted in the shape it has', () => {
  const { plan } = testStudy({ axes: ['eta 0 .. 1 count 6', 'seed 1, 2'] })

  expect(postingSize(plan)).toBe('wide')
  expect(postingSize(plan, { columns: [1], rows: [0] })).toBe('portrait')
  expect(postingSize(plan, { columns: [1], rows: [1] })).toBe('square')
  expect(postingSize(plan, { columns: [], rows: [9] })).toBe('square')
})

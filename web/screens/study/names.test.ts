import { expect, test } from 'vitest'
import { shortReason, square } from './names.ts'

test('squares count like a spreadsheet', () => {
  expect([
    square(0, 0),
    square(2, 2),
    square(25, 9),
    square(26, 0),
    square(27, 11),
    square(701, 0),
    square(702, 0),
  ]).toEqual(['A1', 'C3', 'Z10', 'AA1', 'AB12', 'ZZ1', 'AAA1'])
})

test('a reason fits into a small cell', () => {
  expect(shortReason('The renderer ran out of memory at 512 × 512; lower cutn_batches.')).toBe(
    'out of memory',
  )
  expect(shortReason('init_image: file lighthouse.png was not found on this device')).toBe('init_image')
  expect(shortReason('the renderer died twice in a row at step 4')).toBe('the renderer died twice')
  expect(shortReason(null)).toBe('no reason given')
})

import { expect, test } from 'vitest'
import { Troubles } from './troubles.ts'

test('one render may fail again and again: that is its own fault', () => {
  const troubles = new Troubles()
  expect(Array.from({ length: 9 }, () => troubles.note('a', 'killed'))).toEqual(Array(9).fill(null))
})

test('three different renders in a row are the fault of the device, and the reason names the last', () => {
  const troubles = new Troubles()
  expect([troubles.note('a', 'x'), troubles.note('b', 'y')]).toEqual([null, null])
  expect(troubles.note('c', 'the driver is gone')).toContain('the driver is gone')
  expect(troubles.keys).toEqual(['a', 'b', 'c'])
})

test('a picture in between clears the device', () => {
  const troubles = new Troubles()
  troubles.note('a', 'x')
  troubles.note('b', 'x')
  troubles.forget()
  expect([troubles.note('c', 'x'), troubles.note('d', 'x')]).toEqual([null, null])
})

import { expect, test } from 'vitest'
import { cellOfNumber, numberOfText, numberText, takeNumber, takeOfNumber } from './takes.ts'

test('cells and their other takes are told apart by their numbers, which addresses spell', () => {
  expect(numberOfText(12, '5')).toBe(5)
  expect(takeOfNumber(12, 5)).toBeNull()
  for (const take of [0, 1, 17]) {
    const number = takeNumber(12, 5, take)
    expect(numberText(12, number)).toBe(`5.${take}`)
    expect(numberOfText(12, `5.${take}`)).toBe(number)
    expect([cellOfNumber(12, number), takeOfNumber(12, number)]).toEqual([5, take])
  }
})

test.each(['12', '12.0', '-1', '1.', '1.2.3', 'a', ''])('%s is no picture of twelve cells', (text) => {
  expect(numberOfText(12, text)).toBeNull()
})

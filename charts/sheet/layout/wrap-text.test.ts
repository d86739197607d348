import { expect, test } from 'vitest'
import type { MeasureText } from './sheet-layout.ts'
import { balancedLines, wrapText } from './wrap-text.ts'

const eachOne: MeasureText = (text) => [...text].length
const wrap = (text: string, width: number) => wrapText(text, { font: 'text', size: 1 }, width, eachOne)

test('breaks at spaces first', () => {
  expect(wrap('a lighthouse on the sea', 14)).toEqual(['a lighthouse', 'on the sea'])
})

test('breaks names and schedules after their punctuation, without adding to them', () => {
  expect(wrap('clip_guidance_scale', 14)).toEqual(['clip_guidance_', 'scale'])
  expect(wrap('[12]*400+[4]*600', 10)).toEqual(['[12]*400+', '[4]*600'])
})

test('hyphenates a word that fits no line, and never a number', () => {
  expect(wrap('Donaudampfschiff', 8)).toEqual(['Donauda-', 'mpfschi-', 'ff'])
  expect(wrap('12345678901', 6)).toEqual(['123456', '78901'])
})

test('keeps lines that were typed, and signs made of several characters', () => {
  expect(wrap('one\ntwo', 10)).toEqual(['one', 'two'])
  expect(wrap('ab👩‍👩‍👧‍👦', 8)).toEqual(['ab', '👩‍👩‍👧‍👦'])
})

test('balanced lines are as few, and about equally long', () => {
  const text = 'a blue whale in the sea'
  expect(wrap(text, 20)).toEqual(['a blue whale in the', 'sea'])
  expect(balancedLines(text, { font: 'text', size: 1 }, 20, eachOne)).toEqual(['a blue whale', 'in the sea'])
  expect(balancedLines('clip_guidance_scale', { font: 'text', size: 1 }, 16, eachOne)).toEqual([
    'clip_guidance_',
    'scale',
  ])
})

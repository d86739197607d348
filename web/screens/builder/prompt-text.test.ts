import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePrompt } from '#study'
import { asLine, joinPrompt, splitPrompt } from './prompt-text.ts'

test('a line is text and weight', () => {
  expect(splitPrompt('a lighthouse')).toEqual({ text: 'a lighthouse', weight: '1' })
  expect(splitPrompt('fog:-0.5')).toEqual({ text: 'fog', weight: '-0.5' })
  expect(joinPrompt({ text: 'a lighthouse', weight: '1' })).toBe('a lighthouse')
  expect(joinPrompt({ text: 'time 12:30', weight: '1' })).toBe('time 12:30:1')
})

test('what is joined is read by the engine as the same text and weight', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', ':', '1', '-', '.', 'é') })
  fc.assert(
    fc.property(text, fc.constantFrom('1', '2', '-0.5', '1.50', '.25'), (words, weight) => {
      const line = joinPrompt({ text: words, weight })
      expect(parsePrompt(line)).toEqual({ text: words, weight: Number(weight) })
      const split = splitPrompt(line)
      expect({ text: split.text, weight: Number(split.weight) }).toEqual({
        text: words,
        weight: Number(weight),
      })
    }),
  )
})

test('hostile text becomes a line that can be kept, and nothing else of it is touched', () => {
  expect(asLine('a\0b\ud800c\r\nd')).toBe('abc d')
  const odd = '\u202eשלום <script>alert(1)</script> 👩‍👩‍👧 :: é'
  expect(asLine(odd)).toBe(odd)
})

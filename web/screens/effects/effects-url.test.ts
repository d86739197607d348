import { expect, test } from 'vitest'
import { readEffects, writeEffects } from './effects-url.ts'

const axis = (points: number, isSeed = false) => ({
  labels: Array.from({ length: points }, (_, k) => String(k)),
  isSeed,
})
const choices = {
  measures: ['clipSimilarity', 'contrast', 'sharpness'],
  axes: [axis(3, true), axis(1), axis(4), axis(2)],
}
const read = (query: string) => readEffects(new URLSearchParams(query), choices)

test('an empty address shows the first measure, and settings before seeds', () => {
  expect(read('')).toEqual({
    figure: 'main',
    measure: 'clipSimilarity',
    against: 'contrast',
    columns: 2,
    rows: 3,
    beyond: false,
  })
})

test('what was chosen is read back from what was written, and only that is written', () => {
  const chosen = {
    figure: 'together',
    measure: 'sharpness',
    against: 'contrast',
    columns: 3,
    rows: 0,
    beyond: true,
  } as const
  expect(readEffects(new URLSearchParams(writeEffects(chosen, choices)), choices)).toEqual(chosen)
  expect(writeEffects(read(''), choices)).toBe('')
  expect(writeEffects({ ...read(''), figure: 'scatter' }, choices)).toBe('?figure=scatter')
})

test('what this study has not falls back', () => {
  expect(read('figure=pie&measure=taste&columns=1&rows=9')).toEqual(read(''))
  expect(read('columns=3&rows=3')).toMatchObject({ columns: 3, rows: 2 })
})

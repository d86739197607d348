import { expect, test } from 'vitest'
import type { Header } from '#study'
import { bandsOf, headSizes } from './head-sizes.ts'

const header = (...labels: [axis: number, point: number, label: string][]): Header => ({
  labels: labels.map(([, , label]) => label),
  coords: labels.map(([axis, point]) => [axis, point]),
})
const nested = [
  header([1, 0, 'low'], [0, 0, '1']),
  header([1, 0, 'low'], [0, 1, '2']),
  header([1, 1, 'high'], [0, 0, '1']),
  header([1, 1, 'high'], [0, 1, '2']),
]

test('an outer label stands once over all its columns', () => {
  const [outer, inner] = bandsOf(nested)
  expect(outer).toEqual([
    { label: 'low', axis: 1, start: 0, span: 2 },
    { label: 'high', axis: 1, start: 2, span: 2 },
  ])
  expect(inner?.map(({ label, span }) => `${label} ${span}`)).toEqual(['1 1', '2 1', '1 1', '2 1'])
  expect(bandsOf([{ labels: [], coords: [] }])).toEqual([])
})

test('equal labels of different points do not run together', () => {
  const same = [header([0, 0, 'x'], [1, 0, 'a']), header([0, 1, 'x'], [1, 0, 'a'])]
  expect(bandsOf(same)[0]).toHaveLength(2)
})

test('long labels get the lines they need, wide bands fewer', () => {
  const words = 'a castle on the hill in the evening'
  const sizes = (span: number) =>
    headSizes({ bands: [[{ label: words, axis: 0, start: 0, span }]], rows: [], cellWidth: 100, gap: 6 })
      .levels[0]
  expect(sizes(1)).toBe(45)
  expect(sizes(3)).toBe(15)
})

import { expect, test } from 'vitest'
import { readCompare, writeCompare } from './compare-url.ts'

const read = (query: string) => readCompare(new URLSearchParams(query), 16)

test('cells, reference and lens are in the URL', () => {
  const state = { seqs: [3, 1, 15], reference: 15, lens: { zoom: 2.5, x: 0.4, y: 0.6 } }
  expect(writeCompare(state)).toBe('?cells=3,1,15&ref=15&lens=2.5,0.4,0.6')
  expect(read(writeCompare(state))).toEqual(state)
})

test('cells of another study, repeats and strange words are left out', () => {
  expect(read('cells=3,3,16,x,-1&ref=9')).toEqual({
    seqs: [3],
    reference: 3,
    lens: { zoom: 1, x: 0.5, y: 0.5 },
  })
  expect(read('cells=99')).toBeNull()
  expect(read('')).toBeNull()
})

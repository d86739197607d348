import { expect, test } from 'vitest'
import { type CompareState, readCompare, writeCompare } from './compare-url.ts'

const read = (query: string) => readCompare(new URLSearchParams(query), 16)
const plain: CompareState = {
  seqs: [3],
  reference: 3,
  lens: { zoom: 1, x: 0.5, y: 0.5 },
  mode: 'side',
  amount: 0,
}

test('cells, reference, lens and the way of comparing are in the URL', () => {
  const state: CompareState = {
    seqs: [3, 1, 15],
    reference: 15,
    lens: { zoom: 2.5, x: 0.4, y: 0.6 },
    mode: 'difference',
    amount: 8,
  }
  expect(writeCompare(state, 16)).toBe('?cells=3,1,15&ref=15&mode=difference&by=8&lens=2.5,0.4,0.6')
  expect(read(writeCompare(state, 16))).toEqual({ state, notes: [] })
  expect(writeCompare(plain, 16)).toBe('?cells=3')
  expect(read('cells=3,1&mode=slider').state?.amount).toBe(0.5)
})

test('other takes of a cell are compared beside it', () => {
  const { state, notes } = read('cells=3,3.0,3.1&ref=3.1')
  expect(state).toMatchObject({ seqs: [3, 19, 35], reference: 35 })
  expect(notes).toEqual([])
  expect(writeCompare(state!, 16)).toBe('?cells=3,3.0,3.1&ref=3.1')
})

test('cells of another study, repeats and strange words are left out and said', () => {
  const { state, notes } = read('cells=3,3,16,x,-1&ref=9&mode=stereo&by=high')
  expect(state).toEqual(plain)
  expect(notes).toEqual([
    '3 of the 4 cells of this link are not in this study.',
    'The reference of this link is not among its cells.',
    'The way of comparing in this link is not known.',
  ])
  expect(read('cells=99')).toEqual({
    state: null,
    notes: ['1 of the 1 cells of this link are not in this study.'],
  })
  expect(read('')).toEqual({ state: null, notes: [] })
})

test('sixteen cells at most, and amounts within their bounds', () => {
  const many = readCompare(new URLSearchParams({ cells: [...Array(20).keys()].join() }), 100)
  expect(many.state?.seqs).toHaveLength(16)
  expect(many.notes).toEqual(['The link names 20 cells; the first 16 are shown.'])
  expect(read('cells=1,2&mode=difference&by=900').state?.amount).toBe(32)
  expect(read('cells=1,2&mode=onion&by=-1').state?.amount).toBe(0)
})

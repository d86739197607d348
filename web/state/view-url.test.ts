import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moveAxis, type Places, readView, sheetQuery, swapPlaces, writeView } from './view-url.ts'

const lengths = [4, 5, 3]
const standard: Places = { columns: [0], rows: [1], pages: [2] }
const read = (query: string) => readView(new URLSearchParams(query), { lengths, standard })

describe('the view in the URL', () => {
  test('an empty URL is the study as it was laid out', () => {
    expect(read('')).toEqual({ places: standard, at: {}, size: null, selected: null, picked: [] })
    expect(writeView(read(''), standard)).toBe('')
  })

  test('a URL says where the axes lie, which page, which cell', () => {
    expect(read('cols=1&rows=2.0&pages=&at=2.1&size=150&cell=7&pick=3,9')).toEqual({
      places: { columns: [1], rows: [2, 0], pages: [] },
      at: { 2: 1 },
      size: 150,
      selected: 7,
      picked: [3, 9],
    })
  })

  test('an axis that is missing, doubled or unknown brings the standard view back', () => {
    for (const query of [
      'cols=0&rows=1&pages=',
      'cols=0.0&rows=1&pages=2',
      'cols=0&rows=1&pages=7',
      'cols=x&rows=1&pages=2',
    ])
      expect(read(query).places).toEqual(standard)
  })

  test('cells and points outside the study are forgotten', () => {
    expect(read('cell=60&at=2.3,9.1&pick=1,60,1')).toMatchObject({ selected: null, at: {}, picked: [1] })
  })

  test('whatever is written is read back', () => {
    const places = fc
      .tuple(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), fc.nat(3), fc.nat(3))
      .map(([order, a, b]): Places => {
        const [first, second] = a < b ? [a, b] : [b, a]
        return {
          columns: order.slice(0, first),
          rows: order.slice(first, second),
          pages: order.slice(second),
        }
      })
    const state = fc.record({
      places,
      size: fc.option(fc.integer({ min: 24, max: 512 }), { nil: null }),
      selected: fc.option(fc.nat(59), { nil: null }),
      picked: fc.uniqueArray(fc.nat(59), { maxLength: 9 }),
    })
    fc.assert(
      fc.property(state, (view) => {
        const at: Record<number, number> = view.places.pages.includes(2) ? { 2: 2 } : {}
        expect(read(writeView({ ...view, at }, standard))).toEqual({ ...view, at })
      }),
    )
  })
})

test('an axis moves between places and leaves the others alone', () => {
  expect(moveAxis(standard, 2, 'rows', 0)).toEqual({ columns: [0], rows: [2, 1], pages: [] })
  expect(moveAxis(standard, 0, 'pages')).toEqual({ columns: [], rows: [1], pages: [2, 0] })
  expect(swapPlaces(standard)).toEqual({ columns: [1], rows: [0], pages: [2] })
})

test('a sheet is asked for with the place of every axis', () => {
  expect(sheetQuery(read('cols=1&rows=0&pages=2&at=2.1&size=80&cell=3'))).toBe(
    '?cols=1&rows=0&pages=2&at=2.1',
  )
  expect(sheetQuery(read(''))).toBe('?cols=0&rows=1&pages=2')
})

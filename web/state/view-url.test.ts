import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noFilter } from './filter.ts'
import { moveAxis, type Places, plainView, readView, sheetQuery, swapPlaces, writeView } from './view-url.ts'

const lengths = [4, 5, 3]
const standard: Places = { columns: [0], rows: [1], groups: [], pages: [2], slider: [] }
const readWhole = (query: string) => readView(new URLSearchParams(query), { lengths, standard })
const read = (query: string) => readWhole(query).view

describe('the view in the URL', () => {
  test('an empty URL is the study as it was laid out', () => {
    expect(read('')).toEqual(plainView(standard))
    expect(writeView(read(''), standard)).toBe('')
  })

  test('a URL says where the axes lie, which page, which cell', () => {
    const query = 'cols=1&rows=0&groups=2&at=2.1&hide=1.0-2,1.4&size=150&cell=7&pick=9,3-5&colour=contrast'
    expect(read(query)).toEqual({
      ...plainView({ columns: [1], rows: [0], groups: [2], pages: [], slider: [] }),
      at: { 2: 1 },
      hidden: { 1: [0, 1, 2, 4] },
      size: 150,
      selected: 7,
      picked: [9, 3, 4, 5],
      colour: 'contrast',
    })
  })

  test('a filter is read back, and one that is not understood is told', () => {
    const query = 'status=done.failed&mark=star&stars=3&measure=clipSimilarity:0.2:0.35'
    expect(read(query).filter).toEqual({
      status: ['done', 'failed'],
      mark: 'star',
      rating: 3,
      measure: { name: 'clipSimilarity', from: 0.2, to: 0.35 },
    })
    expect(writeView(read(query), standard)).toBe(`?${query}`)
    expect(readWhole('mark=blue').notes).toEqual(['its filter is not understood'])
  })

  test('what a link says and the study no longer has is told', () => {
    expect(readWhole('cols=0&rows=1.7&pages=2').notes).toEqual(['the axes are not those of the link'])
    expect(readWhole('hide=0.9').notes).toEqual(['some of its values are gone'])
    expect(readWhole('pick=1,99').notes).toEqual(['some of its cells are gone'])
    expect(readWhole('cols=1&rows=0&slide=2&cell=3').notes).toEqual([])
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
          ...standard,
          columns: order.slice(0, first),
          rows: order.slice(first, second),
          pages: order.slice(second),
        }
      })
    const state = fc.record({
      places,
      hidden: fc.constantFrom<Record<number, number[]>>({}, { 0: [1, 2], 2: [0] }),
      filter: fc.constantFrom(noFilter, { ...noFilter, rating: 4 }),
      colour: fc.constantFrom(null, 'edgeDensity'),
      size: fc.option(fc.integer({ min: 1, max: 512 }), { nil: null }),
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
  expect(moveAxis(standard, 2, 'rows', 0)).toMatchObject({ columns: [0], rows: [2, 1], pages: [] })
  expect(moveAxis(standard, 0, 'pages')).toMatchObject({ columns: [], rows: [1], pages: [2, 0] })
  expect(swapPlaces(standard)).toMatchObject({ columns: [1], rows: [0], pages: [2] })
})

test('a sheet is asked for with the place of every axis', () => {
  expect(sheetQuery(read('cols=1&rows=0&pages=2&at=2.1&size=80&cell=3'))).toBe(
    '?cols=1&rows=0&pages=2&at=2.1',
  )
  expect(sheetQuery(read(''))).toBe('?cols=0&rows=1&pages=2')
})

import { expect, test } from 'vitest'
import { makePlan } from '#study'
import { smallPack } from '#study/testing'
import {
  arrangementOf,
  arrangementWords,
  changed,
  moved,
  pointsAt,
  pointWords,
  readDesign,
  swapped,
} from './design.ts'

const plan = makePlan(
  {
    teststrip: 1,
    title: 'Three',
    pack: 'starter',
    recipe: {},
    axes: ['eta 0, 1', 'seed 1, 2', 'tv_scale 0, 150'],
  },
  smallPack,
).plan!
const read = (text: string) => readDesign(new URLSearchParams(text))

test('an address that says nothing shows the study’s own view', () => {
  expect(arrangementOf(read(''), plan)).toEqual({ cols: [0], rows: [2, 1], groups: [], every: [], pages: [] })
})

test('axes are where the address says, the others stand at one value', () => {
  expect(arrangementOf(read('cols=2&rows=&groups=0'), plan)).toEqual({
    cols: [2],
    rows: [],
    groups: [0],
    every: [],
    pages: [1],
  })
  expect(arrangementOf(read('cols=7&rows=1'), plan).cols).toEqual([])
})

test('what is arranged is what its address shows again', () => {
  const arranged = moved(swapped(arrangementOf(read(''), plan)), 0, 'every')
  const address = changed(new URLSearchParams('theme=dark'), arrangementWords(arranged))

  expect(address.toString()).toBe('theme=dark&cols=2.1&rows=&every=0')
  expect(arrangementOf(readDesign(address), plan)).toEqual(arranged)
})

test('one value is one point of its axis', () => {
  const query = read('cols=0&rows=&at=1.1')
  expect([...pointsAt(query)]).toEqual([[1, 1]])
  expect(pointWords(query, 2, 1)).toEqual({ at: '1.1,2.1' })
  expect(pointWords(query, 1, 0)).toEqual({ at: '1.0' })
})

test('words that mean nothing are as if they were not there', () => {
  expect(read('theme=sepia&cell=3&size=a4&nonsense=1')).toMatchObject({ theme: 'light', size: 'a4' })
  expect(read('theme=sepia&cell=3&size=a4').cell).toBeUndefined()
})

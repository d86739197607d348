import { expect, test } from 'vitest'
import { followed, placed, placesOf, swapped } from './places.ts'

test('axes lie across and down by themselves, and a view says otherwise', () => {
  expect(placesOf(undefined, 3)).toEqual(['columns', 'rows', 'rows'])
  expect(placesOf({ columns: [1], rows: [], pages: [0] }, 3)).toEqual(['pages', 'columns', 'slider'])
})

test('an axis is put elsewhere, and back where it was no view is left', () => {
  const paged = placed(undefined, { axes: 2, axis: 1, to: 'pages' })
  expect(paged).toEqual({ columns: [0], rows: [], pages: [1] })
  expect(placed(paged, { axes: 2, axis: 1, to: 'rows' })).toBeUndefined()
  expect(placed(undefined, { axes: 1, axis: 0, to: 'slider' })?.slider).toEqual([{ axis: 0, point: 0 }])
})

test('columns and rows change places and back', () => {
  const turned = swapped(undefined, 2)
  expect(turned).toEqual({ columns: [1], rows: [0] })
  expect(swapped(turned, 2)).toBeUndefined()
})

test('a view follows its axes when they move, come and go', () => {
  const view = { columns: [1], rows: [0], pages: [2] }
  expect(followed(view, [2, 0, 1])).toEqual({ columns: [2], rows: [1], pages: [0] })
  expect(followed(view, [0, 2])).toEqual({ columns: [], rows: [0], pages: [1] })
  expect(followed(view, [0, 1, 2, -1])).toEqual({ columns: [1], rows: [0, 3], pages: [2] })
  expect(followed(undefined, [1, 0])).toBeUndefined()
})

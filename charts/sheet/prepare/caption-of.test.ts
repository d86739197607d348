import { expect, test } from 'vitest'
import { doneCells, testStudy } from '../testing.ts'
import { captionOf } from './caption-of.ts'
import { curvesOf } from './curves-of.ts'

const { plan } = testStudy({
  recipe: { seed: 7 },
  axes: ['eta 0, 1', 'cut_overview [12]*400+[4]*600 | [6]*1000'],
})
const [first] = doneCells(plan)

test('marks stand under a picture unless they are not wanted, then what was asked for', () => {
  const cell = { ...first!, rating: 3, mark: 'star', note: ' the good one ' }

  expect(captionOf(plan, 0, cell, {})).toBe('♥ ★★★☆☆')
  expect(captionOf(plan, 2, cell, { captions: ['number', 'seed', 'note'], marks: false })).toBe(
    '#3 · seed 7 · the good one',
  )
  expect(captionOf(plan, 2, undefined, { captions: ['values'] })).toBe(
    'eta 1 · cut_overview [12]*400+[4]*600',
  )
  expect(captionOf(plan, 0, first, {})).toBeUndefined()
})

test('schedules have curves of one scale, other axes have none', () => {
  expect(curvesOf(plan.axes[0]!)).toBeNull()
  expect(curvesOf(plan.axes[1]!)).toEqual([
    [
      [1, 0.4],
      [4 / 12, 0.6],
    ],
    [[0.5, 1]],
  ])
})

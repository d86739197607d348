import { expect, test } from 'vitest'
import { defaultView, gridOf, parseAxis } from '#study'
import { miniatureOf } from './miniature-tiles.ts'

const planOf = (...texts: string[]) => ({
  axes: texts.map((text) => {
    const parsed = parseAxis(text)
    if (!parsed.ok) throw new Error(parsed.problem.message)
    return parsed.axis
  }),
})
const always = () => 'new' as const

test('tiles keep the shape of the pictures and fit the card', () => {
  const plan = planOf('eta 0, 1', 'seed seeds 3 from 1')
  const drawn = miniatureOf(gridOf(plan, defaultView(plan)), [128, 64], (row, column) =>
    row === 2 && column === 1 ? 'excluded' : 'new',
  )
  expect(drawn.tiles).toHaveLength(6)
  expect(drawn.tile[0] / drawn.tile[1]).toBeCloseTo(2, 1)
  expect(drawn.width).toBeLessThanOrEqual(271)
  expect(drawn.tiles.map(({ kind }) => kind)).toEqual(['new', 'new', 'new', 'new', 'new', 'excluded'])
})

test('an outer axis stands apart', () => {
  const plan = planOf('eta 0, 1', 'seed 1, 2', 'tv_scale 0, 100')
  const { tiles, tile } = miniatureOf(gridOf(plan, defaultView(plan)), [64, 64], always)
  const ys = [...new Set(tiles.map(({ y }) => y))]
  const gaps = ys.slice(1).map((y, index) => Math.round(y - ys[index]! - tile[1]))
  expect(gaps).toEqual([3, 7, 3])
})

test('of a sheet too large to draw its first corner is shown', () => {
  const plan = planOf('seed seeds 100 from 1')
  const drawn = miniatureOf(gridOf(plan, defaultView(plan)), [64, 64], always)
  expect(drawn.isCut).toBe(true)
  expect(drawn.tiles).toHaveLength(28)
})

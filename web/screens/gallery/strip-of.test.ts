import { expect, it } from 'vitest'
import type { WireExample } from '../../wire/example.ts'
import { stripOf } from './strip-of.ts'

const example = {
  axes: [
    { name: 'eta', parameters: ['eta'], points: ['0', '0.25', '0.5', '0.75', '1'] },
    { name: 'steps', parameters: ['steps'], points: ['10', '20', '50'] },
    { name: 'seed', parameters: ['seed'], points: ['1', '2'] },
  ],
} as unknown as WireExample

it('goes along the axis of the parameter, the others at their first point', () => {
  expect(stripOf(example, 'steps', 5)).toEqual([
    { column: 0, row: 0 },
    { column: 0, row: 2 },
    { column: 0, row: 4 },
  ])
})

it('keeps both ends where there are more points than room', () => {
  expect(stripOf(example, 'eta', 3)?.map(({ column }) => column)).toEqual([0, 2, 4])
})

it('is nothing where no axis has the parameter', () => {
  expect(stripOf(example, 'tv_scale', 3)).toBeUndefined()
})

import { expect, test } from 'vitest'
import type { StudyFile } from '#study'
import { axisNames, miniSheet } from './mini-sheet.ts'

const file: StudyFile = {
  teststrip: 1,
  title: 'How eta answers guidance',
  pack: 'starter',
  recipe: {},
  axes: ['clip_guidance_scale 500, 2000, 5000', 'eta 0, 0.5'],
}
const picture = (coords: number[], image: string) => ({ seq: 0, coords, image, width: 64, height: 64 })

test('pictures lie where the axes put them; cells without one stay empty', () => {
  expect(miniSheet(file, [picture([0, 0], 'a'), picture([2, 1], 'b')])).toEqual({
    columns: 3,
    rows: 2,
    tiles: ['a', null, null, null, null, 'b'],
  })
})

test('a large sheet shows the lines that have pictures', () => {
  const large = { ...file, axes: ['seed seeds 40 from 1', 'eta 0, 1'] }
  const sheet = miniSheet(large, [picture([0, 0], 'a'), picture([39, 0], 'b'), picture([20, 1], 'c')])
  expect(sheet).toEqual({ columns: 3, rows: 2, tiles: ['a', null, 'b', null, 'c', null] })
})

test('other pages do not shine through', () => {
  const paged = { ...file, axes: [...file.axes, 'seed seeds 2 from 1'] }
  expect(miniSheet(paged, [picture([0, 0, 1], 'page two')]).tiles.every((tile) => tile === null)).toBe(true)
})

test('axes are named', () => {
  expect(axisNames(file)).toEqual(['clip_guidance_scale', 'eta'])
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { completeRecipe } from '#study'
import { renderFiles } from './render-files.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teststrip-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('numbers the frames of an animation like the notebook, each counting its own steps', async () => {
  const recipe = completeRecipe({
    animation_mode: '2D',
    steps: 20,
    skip_steps: 5,
    frames_skip_steps: '60%',
    intermediate_saves: 2,
  })
  const files = await renderFiles(`${folder}/`, recipe)
  const under = (path: string) => relative(folder, path)

  expect(under(files.picture(0, 3))).toBe('TimeToDisco/TimeToDisco(0)_0000.png')
  expect(under(files.picture(2, 3))).toBe('TimeToDisco/TimeToDisco(0)_0002.png')
  expect(under(files.intermediate(0, 4))).toBe('TimeToDisco/partials/TimeToDisco(0)_0000-29%.png')
  expect(under(files.intermediate(2, 4))).toBe('TimeToDisco/partials/TimeToDisco(0)_0000-58%.png')
})

it('numbers the frames beside a picture name from 1', async () => {
  const files = await renderFiles(join(folder, 'walk.png'), completeRecipe({ animation_mode: '2D' }))

  expect([0, 11].map((index) => relative(folder, files.picture(index, 12)))).toEqual([
    'walk(0001).png',
    'walk(0012).png',
  ])
})

import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { nextBatchNumber, pictureFileName, settingsFileName } from './file-names.ts'
import { isSavedStep } from './saved-steps.ts'

const recipeOf = (patch: RecipePatch) => completeRecipe({ steps: 250, skip_steps: 10, ...patch }, smallPack)
const savedSteps = (patch: RecipePatch) =>
  Array.from({ length: 240 }, (_, j) => j).filter((j) => isSavedStep(recipeOf(patch), j))

describe('intermediate saves', () => {
  it.each<[RecipePatch, number[]]>([
    [{ intermediate_saves: 0 }, []],
    [{ intermediate_saves: 2 }, [79, 158, 237]],
    [{ intermediate_saves: 1 }, [119, 238]],
    [{ intermediate_saves: [0, 7, 239, 900] }, [0, 7, 239]],
    [{ intermediate_saves: 500 }, Array.from({ length: 239 }, (_, k) => k + 1)],
  ])('%j keeps steps %j', (patch, steps) => {
    expect(savedSteps(patch)).toEqual(steps)
  })

  it.each<[RecipePatch, number, string]>([
    [{}, 239, 'TimeToDisco(3)_1.png'],
    [{}, 79, 'TimeToDisco(3)_0001-34%.png'],
    [{}, 1, 'TimeToDisco(3)_0001-01%.png'],
    [{ intermediate_saves: [7] }, 7, 'TimeToDisco(3)_0001-007.png'],
    [{ intermediates_in_subfolder: false }, 239, 'TimeToDisco(3)_0001-100%.png'],
    [{ intermediates_in_subfolder: false, intermediate_saves: [7] }, 239, 'TimeToDisco(3)_0001-239.png'],
    [{ batch_name: 'sea & sky' }, 239, 'sea & sky(3)_1.png'],
  ])('%j names step %i %s', (patch, j, name) => {
    const place = { batchNumber: 3, picture: 1, frame: null, j, last: 239 }
    expect(pictureFileName(recipeOf(patch), place)).toBe(name)
  })

  it('pads frames to four digits', () => {
    const place = { batchNumber: 0, picture: 0, frame: 12, j: 9, last: 9 }
    expect(pictureFileName(recipeOf({}), place)).toBe('TimeToDisco(0)_0012.png')
  })
})

describe('the number of a run', () => {
  it.each<[string[], number]>([
    [[], 0],
    [['TimeToDisco(0)_0.png'], 0],
    [['TimeToDisco(0)_settings.txt'], 1],
    [['other.txt', '.hidden.txt'], 1],
    [['TimeToDisco(1)_settings.txt'], 2],
    [['a.txt', 'TimeToDisco(2)_settings.txt', 'TimeToDisco-3_settings.txt'], 4],
  ])('after %j is %i', (files, number) => {
    expect(nextBatchNumber(recipeOf({}), files)).toBe(number)
  })

  it('is in the name of the settings file', () => {
    expect(settingsFileName(recipeOf({}), 7)).toBe('TimeToDisco(7)_settings.txt')
  })
})

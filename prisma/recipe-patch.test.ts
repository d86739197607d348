import { expect, it } from 'vitest'
import type { Recipe } from '#study'
import { recipeHash, recipePatcher } from './recipe-patch.ts'

const recipe = (values: object): Recipe => values as unknown as Recipe
const base = recipe({ steps: 25, eta: 0.8, init_image: null, text_prompts: { 0: ['a lighthouse'] } })

it('keeps only what differs', () => {
  const other = { ...base, eta: 0.1, init_image: 'a.png', text_prompts: { 0: ['a lighthouse'] } }

  expect(recipePatcher(base)(recipe(other))).toEqual({ eta: 0.1, init_image: 'a.png' })
  expect(recipePatcher(recipe(other))(base)).toEqual({ eta: 0.8, init_image: null })
  expect(recipePatcher(base)(base)).toEqual({})
})

it('gives up on a recipe with other parameters', () => {
  expect(recipePatcher(base)(recipe({ ...base, seed: 1 }))).toBeNull()
  expect(recipePatcher(base)(recipe({ steps: 25, eta: 0.8, init_image: null, seed: 1 }))).toBeNull()
})

it('names equal recipes equally', () => {
  expect(recipeHash(base)).toBe(recipeHash({ ...base }))
  expect(recipeHash(base)).not.toBe(recipeHash({ ...base, eta: 0.1 }))
})

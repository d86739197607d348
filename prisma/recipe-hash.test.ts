import { expect, it } from 'vitest'
import type { Recipe } from '#study'
import { recipeHash } from './recipe-hash.ts'

const base = { steps: 25, eta: 0.8 } as Recipe

it('names equal recipes equally', () => {
  expect(recipeHash(base)).toBe(recipeHash({ ...base }))
  expect(recipeHash(base)).not.toBe(recipeHash({ ...base, eta: 0.1 }))
})

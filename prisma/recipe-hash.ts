import { createHash } from 'node:crypto'
import type { Recipe } from '#study'

/** The name of a base recipe. Equal recipes with differently ordered keys get two names: one row more, no harm. */
export const recipeHash = (recipe: Recipe): string =>
  createHash('sha256').update(JSON.stringify(recipe)).digest('hex')

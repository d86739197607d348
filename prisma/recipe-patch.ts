import { createHash } from 'node:crypto'
import type { Recipe } from '#study'

type Values = Record<string, unknown>

/**
 * A function that says in which values a recipe differs from `base`: `{ ...base, ...patch }` is the recipe again.
 * Null when the two do not name the same parameters (made by different versions); such a recipe is kept whole.
 */
export const recipePatcher = (base: Recipe): ((recipe: Recipe) => Values | null) => {
  const from = base as unknown as Values
  const names = Object.keys(from)

  return (recipe) => {
    const to = recipe as unknown as Values
    if (Object.keys(to).length !== names.length) return null
    const patch: Values = {}
    for (const name of names) {
      const value = to[name]
      if (value === undefined) return null
      if (value !== from[name] && !equalValues(value, from[name])) patch[name] = value
    }

    return patch
  }
}

/** The name of a base recipe. Equal recipes with differently ordered keys get two names: one row more, no harm. */
export const recipeHash = (recipe: Recipe): string =>
  createHash('sha256').update(JSON.stringify(recipe)).digest('hex')

const equalValues = (a: unknown, b: unknown): boolean =>
  typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)

import type { Recipe } from '../parameters/catalogue.ts'

/**
 * The executed steps (DD's `j`, from 0) of which `intermediate_saves` keeps a picture: evenly spread ones for a
 * count, which as in DD may come to one more than was asked for, or the steps of a list.
 */
export function isSavedStep({ intermediate_saves, steps, skip_steps }: Recipe, j: number): boolean {
  if (Array.isArray(intermediate_saves)) return intermediate_saves.includes(j)
  if (intermediate_saves === 0) return false

  const every = Math.max(1, Math.floor((steps - skip_steps - 1) / (intermediate_saves + 1)))

  return j > 0 && j % every === 0
}

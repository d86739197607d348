import { checkRecipe, engineVersion, type PackInfo, type Recipe, renderKey, TeststripError } from '#study'
import { byContent, type Pictures } from '../image/index.ts'
import type { OpenPack } from './open-pack.ts'

/** The name of a render; throws `invalid_input` with the first problem of a recipe that may not be rendered. */
export function checkedKey(recipe: Recipe, info: PackInfo, open: OpenPack, pictures: Pictures): string {
  const problem = checkRecipe(recipe, info, open.merges).problems[0]

  if (problem) throw new TeststripError('invalid_input', problem.message, { parameter: problem.parameter })

  return renderKey(byContent(recipe, pictures), info, engineVersion)
}

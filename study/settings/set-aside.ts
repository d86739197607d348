import { isActive } from '../parameters/active.ts'
import type { ParameterName, RecipePatch } from '../parameters/catalogue.ts'
import { checkValue } from '../parameters/check-value.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'

/**
 * Notebooks stored what they never looked at, such as the camera of a still. Where such a value is none that the
 * parameter takes, the file is still good: the names of these parameters, each with the sentence that is wrong with it.
 */
export function uselessValues(patch: Record<string, unknown>): Map<ParameterName, string> {
  const bad = new Map<ParameterName, string>()
  const good: Record<string, unknown> = {}

  for (const [name, value] of Object.entries(patch)) {
    const checked = checkValue(parameterNamed(name)!, value)
    if (checked.ok) good[name] = checked.value
    else bad.set(name as ParameterName, checked.message)
  }

  const recipe = completeRecipe(good as RecipePatch)
  for (const name of bad.keys()) if (isActive(parameterNamed(name)!, recipe)) bad.delete(name)

  return bad
}

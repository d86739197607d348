import type { PackInfo } from '../pack-info.ts'
import { isActive } from '../parameters/active.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import { formatValue } from '../parameters/format-value.ts'
import { parameters } from '../parameters/parameter.ts'
import { completeRecipe } from './complete-recipe.ts'

/**
 * What a reader must know to repeat a picture: the prompts, and every active parameter that differs from the
 * defaults of the pack (of the catalogue without one), in words.
 */
export function changedFromDefaults(recipe: Recipe, pack?: PackInfo): { name: string; value: string }[] {
  const defaults = completeRecipe({}, pack)

  return parameters
    .filter((parameter) => {
      if (parameter.name === 'text_prompts') return true
      if (JSON.stringify(recipe[parameter.name]) === JSON.stringify(defaults[parameter.name])) return false

      return isActive(parameter, recipe)
    })
    .map((parameter) => ({ name: parameter.name, value: formatValue(parameter, recipe[parameter.name]) }))
}

import type { Recipe } from './catalogue.ts'
import type { Parameter } from './parameter.ts'

// What a single `needs` cannot say.
const switchedOffWhen: Partial<Record<keyof Recipe, (recipe: Recipe) => boolean>> = {
  init_image: (recipe) => recipe.perlin_init,
  init_scale: (recipe) => recipe.init_image === null && !recipe.perlin_init,
  // Symmetry came with 5.3.
  use_vertical_symmetry: ({ behaviour }) => behaviour === 'disco-5.2',
  use_horizontal_symmetry: ({ behaviour }) => behaviour === 'disco-5.2',
  transformation_percent: (recipe) =>
    recipe.behaviour === 'disco-5.2' || (!recipe.use_vertical_symmetry && !recipe.use_horizontal_symmetry),
  n_batches: (recipe) => recipe.animation_mode !== 'None',
  turbo_steps: (recipe) => recipe.animation_mode !== '3D',
  turbo_preroll: (recipe) => recipe.animation_mode !== '3D',
  vr_eye_angle: (recipe) => recipe.animation_mode !== '3D',
  vr_ipd: (recipe) => recipe.animation_mode !== '3D',
}

/** Does another value of the recipe leave this parameter something to do? */
export function isActive(parameter: Parameter, recipe: Recipe): boolean {
  if (switchedOffWhen[parameter.name]?.(recipe)) return false
  if (!parameter.needs) return true

  const { equals } = parameter.needs
  const value = recipe[parameter.needs.parameter as keyof Recipe]
  if (typeof value === 'object') return false

  return Array.isArray(equals) ? equals.includes(value) : equals === value
}

import type { Recipe, RecipePatch } from './catalogue.ts'
import type { Parameter } from './parameter.ts'

interface Off {
  when: (recipe: Recipe) => boolean
  /** As it goes on after "does nothing while". */
  because: string
}

const old: Off = { when: ({ behaviour }) => behaviour === 'disco-5.2', because: 'behaviour is disco-5.2' }
const notThroughDepth: Off = {
  when: ({ animation_mode }) => animation_mode !== '3D',
  because: 'animation_mode is not 3D',
}

// What a single `needs` cannot say.
const switchedOff: Partial<Record<keyof Recipe, readonly Off[]>> = {
  init_image: [{ when: (recipe) => recipe.perlin_init, because: 'perlin_init takes its place' }],
  init_scale: [
    {
      when: (recipe) => recipe.init_image === null && !recipe.perlin_init,
      because: 'there is no start image',
    },
  ],
  // Symmetry came with 5.3.
  use_vertical_symmetry: [old],
  use_horizontal_symmetry: [old],
  transformation_percent: [
    old,
    {
      when: (recipe) => !recipe.use_vertical_symmetry && !recipe.use_horizontal_symmetry,
      because: 'no symmetry is on',
    },
  ],
  n_batches: [{ when: ({ animation_mode }) => animation_mode !== 'None', because: 'an animation is made' }],
  turbo_steps: [notThroughDepth],
  turbo_preroll: [notThroughDepth],
  vr_eye_angle: [notThroughDepth],
  vr_ipd: [notThroughDepth],
}

/** Does another value of the recipe leave this parameter something to do? */
export function isActive(parameter: Parameter, recipe: Recipe): boolean {
  if (switchedOff[parameter.name]?.some(({ when }) => when(recipe))) return false
  if (!parameter.needs) return true

  const { equals } = parameter.needs
  const value = recipe[parameter.needs.parameter as keyof Recipe]
  if (typeof value === 'object') return false

  return Array.isArray(equals) ? equals.includes(value) : equals === value
}

/** Why a parameter does nothing in a recipe, as it goes on after "does nothing while"; null where it acts. */
export function whyInactive(parameter: Parameter, recipe: Recipe): string | null {
  if (isActive(parameter, recipe)) return null
  const off = switchedOff[parameter.name]?.find(({ when }) => when(recipe))
  if (off || !parameter.needs) return off?.because ?? 'this recipe is as it is'
  const value = recipe[parameter.needs.parameter as keyof Recipe]

  return `${parameter.needs.parameter} is ${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`
}

/** The value elsewhere that gives a parameter something to do, where one alone would. */
export function whatSwitchesOn({ name, needs }: Parameter): RecipePatch | undefined {
  if (!needs || switchedOff[name] || typeof needs.equals === 'object') return undefined

  return { [needs.parameter]: needs.equals }
}

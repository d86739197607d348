import { clipNames, type Recipe } from '../../parameters/catalogue.ts'
import type { Rule, RuleContext } from './rule.ts'

/** Networks that a recipe uses are in the pack. */
export const modelRules: readonly Rule[] = [
  {
    parameter: 'use_secondary_model',
    reads: ['use_secondary_model'],
    check: ({ use_secondary_model }, { pack }) =>
      use_secondary_model && !pack.secondary
        ? `use_secondary_model must be false: the pack "${pack.name}" has no secondary model.`
        : null,
  },
  { parameter: 'ViTB32', reads: clipNames, check: clipsAreThere },
]

function clipsAreThere(recipe: Recipe, { pack }: RuleContext): string | null {
  const held = pack.clip.map((clip) => clip.name)
  const on = clipNames.filter((name) => recipe[name])
  const missing = on.filter((name) => !held.includes(name))
  if (missing.length > 0)
    return `${missing.join(', ')} cannot be switched on: the pack "${pack.name}" has ${held.join(', ') || 'no CLIP'}.`

  return on.length > 0 ? null : `No CLIP model is switched on; switch on at least one of ${held.join(', ')}.`
}

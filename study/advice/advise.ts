import type { Fit } from '../forecast/fit.ts'
import type { ParameterName } from '../parameters/catalogue.ts'
import type { Plan } from '../plan/plan.ts'
import type { Advice, PlanRule, RecipeRule } from './advice.ts'
import { axisRules } from './rules/axes.ts'
import { cutRules } from './rules/cuts.ts'
import { guidanceRules } from './rules/guidance.ts'
import { inertRules } from './rules/inert.ts'
import { memoryRules } from './rules/memory.ts'
import { promptRules } from './rules/prompts.ts'
import { samplerRules } from './rules/sampler.ts'
import { startImageRules } from './rules/start-image.ts'
import { usualRules } from './rules/usual.ts'
import { sampleRecipes } from './sample-recipes.ts'

export const recipeRules: readonly RecipeRule[] = [
  ...startImageRules,
  ...promptRules,
  ...samplerRules,
  ...guidanceRules,
  ...cutRules,
  ...memoryRules,
]

export const planRules: readonly PlanRule[] = [...inertRules, ...axisRules, ...usualRules]

/**
 * Advice on a study, each rule at most once per parameter. Large studies are judged by the ends of their axes, where
 * values are extreme.
 */
export function advise(plan: Plan, options: { fit?: Fit | null } = {}): Advice[] {
  const recipes = sampleRecipes(plan)
  const onAxes = new Set(plan.axes.flatMap((axis) => axis.parameters))
  const around = { pack: plan.pack, fit: options.fit }

  const ofRecipes = recipeRules.flatMap(({ id, reads, everywhere, say }): Advice[] => {
    const sayings = recipes.map((recipe) => say(recipe, around))
    const first = sayings.find((saying) => saying !== null)
    const inAll = !sayings.includes(null)
    if (!first || (everywhere && !inAll)) return []
    const { says, fix } = typeof first === 'string' ? { says: first, fix: undefined } : first

    return [{ id, parameters: reads, says: inAll ? says : `In some cells: ${says}`, fix }]
  })
  const ofPlan = planRules.flatMap(({ id, say }) =>
    say(plan, recipes).map((advice): Advice => ({ id, ...advice })),
  )

  return [...ofRecipes, ...ofPlan].map(({ fix, ...advice }) =>
    fix && !Object.keys(fix).some((name) => onAxes.has(name as ParameterName)) ? { ...advice, fix } : advice,
  )
}

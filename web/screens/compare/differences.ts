import {
  changedFromDefaults,
  formatValue,
  type PackInfo,
  type Plan,
  parameterNamed,
  type Recipe,
} from '#study'
import { recipeOf, takeOfNumber } from './takes.ts'

/** Parameters that are not the same in all of these cells, in the order of the axes. */
export function differingParameters(plan: Plan, seqs: readonly number[]): (keyof Recipe)[] {
  const recipes = seqs.map((seq) => recipeOf(plan, seq))
  const candidates = [...new Set(plan.axes.flatMap((axis) => axis.parameters))]

  return candidates.filter((name) => new Set(recipes.map((recipe) => JSON.stringify(recipe[name]))).size > 1)
}

export const valueWords = (recipe: Recipe, name: keyof Recipe): string =>
  formatValue(parameterNamed(name) ?? { kind: 'text' }, recipe[name])

/** What sets a picture apart from the others beside it, for its label. */
export function apart(plan: Plan, seq: number, names: readonly (keyof Recipe)[]): string {
  const recipe = recipeOf(plan, seq)
  const take = takeOfNumber(plan.size, seq)
  const words = names.map((name) => valueWords(recipe, name))

  return [...words, ...(take === null ? [] : [`take ${take + 1}`])].join(' · ') || 'as on the sheet'
}

/** What all of these cells share and a reader would want to know: axis values that agree, then what was changed. */
export function sameInAll(
  plan: Plan,
  pack: PackInfo,
  options: { seq: number; differing: readonly string[] },
): { name: string; value: string }[] {
  const recipe = recipeOf(plan, options.seq)
  const onAxes = [...new Set(plan.axes.flatMap((axis) => axis.parameters))].filter(
    (name) => !options.differing.includes(name),
  )
  const axes = onAxes.map((name) => ({ name, value: valueWords(recipe, name) }))
  const named = new Set<string>([...onAxes, ...options.differing])

  return [...axes, ...changedFromDefaults(recipe, pack).filter(({ name }) => !named.has(name))]
}

/** Mean and spread (standard deviation of the sample); null for fewer than two values. */
export function spread(values: readonly number[]): { mean: number; deviation: number } | null {
  if (values.length < 2) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)

  return { mean, deviation: Math.sqrt(variance) }
}

import { editPrompts } from '../axis/prompt-edit.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import type { Plan, PlannedCell } from './plan.ts'

/** The cell at a place of the plan, in O(axes). */
export function cellAt(plan: Plan, seq: number): PlannedCell {
  const coords = coordsOf(plan, seq)
  const recipe = recipeAt(plan, coords)

  return { seq, coords, recipe, excluded: plan.skip.some((rule) => rule.matches(recipe)) }
}

/** The place of a combination of points. */
export function seqOf(plan: Pick<Plan, 'axes'>, coords: readonly number[]): number {
  return plan.axes.reduce((seq, axis, i) => seq * axis.points.length + coords[i]!, 0)
}

/** The combination of points at a place. */
export function coordsOf(plan: Pick<Plan, 'axes'>, seq: number): number[] {
  const coords = new Array<number>(plan.axes.length)
  let rest = seq
  for (let i = plan.axes.length - 1; i >= 0; i--) {
    const { length } = plan.axes[i]!.points
    coords[i] = rest % length
    rest = Math.floor(rest / length)
  }

  return coords
}

/** The recipe at a combination of points: patches first, then edits of whatever prompts result. */
export function recipeAt(plan: Pick<Plan, 'axes' | 'base'>, coords: readonly number[]): Recipe {
  const points = plan.axes.map((axis, i) => axis.points[coords[i]!]!)
  const recipe: Recipe = Object.assign({}, plan.base, ...points.map((point) => point.patch))
  for (const { edit } of points) if (edit) recipe.text_prompts = editPrompts(recipe.text_prompts, edit)

  return recipe
}

import { isRunAxis } from '../axis/axis.ts'
import { editPrompts } from '../axis/prompt-edit.ts'
import type { Recipe, RecipePatch } from '../parameters/catalogue.ts'
import type { Plan, PlannedCell } from './plan.ts'
import { keptSteps, partialAt } from './run-steps.ts'

/** The cell at a place of the plan, in O(axes). */
export function cellAt(plan: Plan, seq: number): PlannedCell {
  const coords = coordsOf(plan, seq)
  const recipe = recipeAt(plan, coords)
  const excluded = plan.skip.some((rule) => rule.matches(recipe))

  return { seq, coords, recipe, partial: partialAt(plan, coords, recipe), excluded }
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

/** The recipe at a combination of points. */
export function recipeAt(plan: Pick<Plan, 'axes' | 'base'>, coords: readonly number[]): Recipe {
  return { ...plan.base, ...patchAt(plan, coords) }
}

/** What the points set, over the base of the plan: values first, then edits of whatever prompts result. */
export function patchAt(plan: Pick<Plan, 'axes' | 'base'>, coords: readonly number[]): RecipePatch {
  const points = plan.axes.map((axis, i) => axis.points[coords[i]!]!)
  const patch: RecipePatch = Object.assign({}, ...points.map((point) => point.patch))
  for (const { edit } of points)
    if (edit) patch.text_prompts = editPrompts(patch.text_prompts ?? plan.base.text_prompts, edit)
  const run = plan.axes.find(isRunAxis)
  if (run) patch.intermediate_saves = keptSteps(run, { ...plan.base, ...patch })

  return patch
}

import { type Axis, isRunAxis } from '../axis/axis.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import type { Plan } from './plan.ts'

type Run = Pick<Recipe, 'steps' | 'skip_steps'>

/** The executed step (1 is the first) after which this share of a run is done; null where that is its end. */
function stepOf(partial: number, { steps, skip_steps }: Run): number | null {
  const executed = steps - skip_steps
  const step = Math.max(1, Math.ceil((executed * partial) / 100))

  return step < executed ? step : null
}

/** What `intermediate_saves` has to be, for all points of the axis to have their pictures (DD counts from 0). */
export function keptSteps(axis: Pick<Axis, 'points'>, run: Run): Recipe['intermediate_saves'] {
  const steps = axis.points.flatMap(({ partial }) =>
    partial === undefined ? [] : (stepOf(partial, run) ?? []),
  )

  return steps.length === 0 ? 0 : [...new Set(steps)].sort((a, b) => a - b).map((step) => step - 1)
}

/** The executed step whose picture a cell shows, 1 being the first; null for the finished picture. */
export function partialAt(plan: Pick<Plan, 'axes'>, coords: readonly number[], run: Run): number | null {
  const at = plan.axes.findIndex(isRunAxis)
  const partial = plan.axes[at]?.points[coords[at]!]?.partial

  return partial === undefined ? null : stepOf(partial, run)
}

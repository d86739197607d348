import { forecastSeconds, type PackInfo, type Recipe, type Speed } from '#study'

export interface StepTime {
  seconds: number
  /** cuts that CLIP looked at in this step, and how long that took */
  cuts: number
  cutSeconds: number
}

export interface Timing {
  recipe: Recipe
  pack: PackInfo
  steps: readonly StepTime[]
  /** whole render, seconds */
  total: number
}

const sum = (steps: readonly StepTime[], pick: (step: StepTime) => number) =>
  steps.reduce((all, step) => all + pick(step), 0)

/** Means of a render as it was. The first step also loads networks, so it is left out where there are others. */
export function meanTimes(steps: readonly StepTime[]): { perStep: number; perCut: number } {
  const settled = steps.length > 1 ? steps.slice(1) : steps
  const cuts = sum(settled, (step) => step.cuts)

  return {
    perStep: sum(settled, (step) => step.seconds - step.cutSeconds) / Math.max(settled.length, 1),
    perCut: cuts > 0 ? sum(settled, (step) => step.cutSeconds) / cuts : 0,
  }
}

/**
 * The `Speed` that would have forecast this render: per step at the pack's native size with the secondary model.
 * A render without guidance says little about others, so `known` stands where there is one.
 */
export function measureSpeed({ recipe, pack, steps, total }: Timing, known: Speed | null): Speed {
  const { perStep, perCut } = meanTimes(steps)

  if (perCut === 0 && known) return known

  const unit = { secondsPerStep: 1, secondsFixed: 0, perCutSeconds: 0, samples: 1, error: 0 }
  const load = forecastSeconds(recipe, pack, unit) / (recipe.steps - recipe.skip_steps)
  const predicted = (step: StepTime) => perStep + step.cuts * perCut
  const misses = steps.slice(1).map((step) => (step.seconds / predicted(step) - 1) ** 2)

  return {
    secondsPerStep: perStep / load,
    secondsFixed: Math.max(total - sum(steps, predicted), 0),
    perCutSeconds: perCut,
    samples: 1,
    error: Math.min(Math.sqrt(misses.reduce((a, b) => a + b, 0) / Math.max(misses.length, 1)), 1),
  }
}

import { cutWork, forecastSeconds, type PackInfo, type Recipe, type Speed, stepShare } from '#study'

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
  /** seconds beside its steps */
  outside: number
}

const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2

  return sorted.length === 0 ? 0 : (sorted[Math.floor(half - 0.5)]! + sorted[Math.floor(half)]!) / 2
}

/** What a step without its cuts and what a cut took in most steps: the first ones also load networks. */
export function usualTimes(steps: readonly StepTime[]): { perStep: number; perCut: number } {
  const looking = steps.filter(({ cuts }) => cuts > 0)

  return {
    perStep: middle(steps.map(({ seconds, cutSeconds }) => seconds - cutSeconds)),
    perCut: middle(looking.map(({ cuts, cutSeconds }) => cutSeconds / cuts)),
  }
}

/**
 * The `Speed` that this render speaks for: per step at the pack's native size with the secondary model, per cut by its
 * first CLIP. The first render of a process also loads everything, which is no matter of the recipe: what it takes
 * beside its steps only counts from the second on (`known`). A render without cuts says nothing of them.
 */
export function measureSpeed({ recipe, pack, steps, outside }: Timing, known: Speed | undefined): Speed {
  const { perStep, perCut } = usualTimes(steps)
  const total = outside + steps.reduce((sum, { seconds }) => sum + seconds, 0)

  return {
    secondsPerStep: perStep / stepShare(recipe, pack),
    secondsFixed: known ? outside : 0,
    perCutSeconds: perCut > 0 ? perCut / cutWork(recipe, pack) : (known?.perCutSeconds ?? 0),
    samples: 1,
    error: known ? Math.abs(forecastSeconds(recipe, pack, known) / total - 1) : 0,
  }
}

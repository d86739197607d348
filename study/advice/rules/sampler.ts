import { completeRecipe } from '../../recipe/complete-recipe.ts'
import { spacing } from '../../schedule/spacing.ts'
import type { RecipeRule } from '../advice.ts'

const moments = 1000
/** A run that covers fewer of the 1000 moments than this is worth a word. */
const leastCovered = 950

export const samplerRules: readonly RecipeRule[] = [
  {
    id: 'eta-wants-steps',
    reads: ['eta', 'steps', 'diffusion_sampling_mode'],
    say: ({ eta, steps, diffusion_sampling_mode }, { pack }) => {
      const enough = completeRecipe({}, pack).steps
      if (diffusion_sampling_mode !== 'ddim' || eta < 0.9 || steps >= enough * 0.6) return null

      return {
        says: `With eta near 1 every step adds fresh noise, and ${steps} steps are few to clear it away; ${enough} or more look less rough.`,
        fix: { steps: enough },
      }
    },
  },
  {
    id: 'steps-divide',
    reads: ['steps'],
    say: ({ steps }) => {
      if (steps < 2 || steps >= moments) return null
      const { N } = spacing(steps)
      if (N >= leastCovered) return null
      const better = nearestDivisor(steps)

      return {
        says: `${steps} steps cannot be spread evenly over the ${moments} moments of a run, so only ${N} of them are used; ${better} steps use all.`,
        fix: { steps: better },
      }
    },
  },
  {
    id: 'plms-and-skips',
    reads: ['diffusion_sampling_mode', 'steps', 'skip_steps'],
    say: ({ diffusion_sampling_mode, steps, skip_steps }) =>
      diffusion_sampling_mode === 'plms' && steps - skip_steps < 10
        ? `plms builds on the steps before it, and ${steps - skip_steps} of them are hardly enough to begin with.`
        : null,
  },
]

function nearestDivisor(steps: number): number {
  const divisors = Array.from({ length: moments / 2 }, (_, index) => index + 1).filter(
    (count) => count > 1 && moments % count === 0,
  )

  return divisors.reduce((best, each) => (Math.abs(each - steps) < Math.abs(best - steps) ? each : best))
}

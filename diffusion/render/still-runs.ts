import type { Recipe } from '#study'
import type { Pictures } from '../image/index.ts'
import { startPicture } from '../start/index.ts'
import type { PlannedRun } from './runs.ts'

const seeds = 2 ** 32

/**
 * The sampler runs of a still: one per picture of `n_batches`. Disco Diffusion seeds once and goes on with one random
 * stream, so that only its first picture can be repeated from its seed; so do we where that stream exists. Elsewhere
 * (`corrected`, or paired noise) picture b is the one that seed + b makes alone.
 */
export function stillRuns(recipe: Recipe, pictures: Pictures): PlannedRun[] {
  const start = startPicture(recipe, pictures)
  const oneStream = recipe.noise === 'torch' && recipe.behaviour !== 'corrected'

  return Array.from({ length: recipe.n_batches }, (_, b) => {
    const seed = oneStream && b > 0 ? null : (recipe.seed + b) % seeds

    return {
      frame: 0,
      seed,
      skip_steps: recipe.skip_steps,
      init_scale: recipe.init_scale,
      init: async ({ noise }) => start({ noise, fresh: seed !== null }),
    }
  })
}

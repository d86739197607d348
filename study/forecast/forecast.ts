import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'
import { workOf } from './work-of.ts'

/** What a device was measured to need, for one pack at its native size. */
export interface Speed {
  /** Denoiser, secondary model and sampler, without CLIP. */
  secondsPerStep: number
  /** Loading, encoding prompts, writing the picture. */
  secondsFixed: number
  /** One cut through one CLIP, forwards and backwards. */
  perCutSeconds: number
  /** Renders behind these figures. */
  samples: number
  /** Share by which forecasts usually miss, 0 … 1. */
  error: number
}

// The gradient then runs back through the denoiser: one more forward and one backward pass beside its own.
const withoutSecondary = 2.4

/** Seconds one render should take on a device of that speed. */
export function forecastSeconds(recipe: Recipe, pack: PackInfo, speed: Speed): number {
  const work = workOf(recipe)
  const area = areaOf(recipe) / (pack.nativeSize[0] * pack.nativeSize[1])
  const network = recipe.use_secondary_model ? 1 : withoutSecondary

  return (
    speed.secondsFixed + work.steps * speed.secondsPerStep * area * network + work.cuts * speed.perCutSeconds
  )
}

const areaOf = (recipe: Recipe): number => recipe.width_height[0] * recipe.width_height[1]

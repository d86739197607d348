import type { PackInfo } from '../pack-info.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import { cutWork, looksAtCuts, stepWork } from './step-work.ts'
import { workOf } from './work-of.ts'

/** What a device was measured to need, for one pack at its native size. */
export interface Speed {
  /** Denoiser, secondary model and sampler, without CLIP, at the native size. */
  secondsPerStep: number
  /** Encoding prompts, measuring and writing the picture. */
  secondsFixed: number
  /** One cut through the pack's first CLIP, forwards and backwards, and its making. */
  perCutSeconds: number
  /** Renders behind these figures. */
  samples: number
  /** Share by which forecasts usually miss, 0 … 1. */
  error: number
}

/** Measured speeds by size, as in `64×64`; the most measured one first. */
export type Speeds = ReadonlyMap<string, Speed>

/** The speed measured at a recipe's own size, else the best known one, from which the work is reckoned. */
export const speedAt = ({ width_height }: Recipe, speeds: Speeds): Speed | null =>
  speeds.get(width_height.join('×')) ?? [...speeds.values()][0] ?? null

/** Seconds one render should take on a device of that speed. */
export function forecastSeconds(recipe: Recipe, pack: PackInfo, speed: Speed): number {
  const { looks, cuts } = workOf(recipe)
  const seen = looksAtCuts(recipe) ? cuts * cutWork(recipe, pack) : 0

  return (
    speed.secondsFixed + looks * speed.secondsPerStep * stepShare(recipe, pack) + seen * speed.perCutSeconds
  )
}

/** A step without its cuts, as a share of one at the pack's native size with the secondary model. */
export function stepShare(recipe: Recipe, pack: PackInfo): number {
  const native = {
    ...recipe,
    use_secondary_model: true,
    clip_guidance_scale: 1,
    init_scale: 0,
    frames_scale: 0,
  }

  return stepWork(recipe, pack) / stepWork(native, pack, pack.nativeSize)
}

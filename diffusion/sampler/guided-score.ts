import type { Tables } from './tables.ts'
import { clamp, combine } from './vectors.ts'

const { fround, sqrt } = Math

export interface SamplerOptions {
  tables: Tables
  /** noisy picture [3, H, W] at spaced index `from` */
  x: Float32Array
  /** spaced index of the first step; the last is 0 */
  from: number
  clip_denoised: boolean
  /** the denoiser: eps [3, H, W] */
  epsilon(x: Float32Array, i: number): Promise<Float32Array>
  /**
   * cond_fn: the direction [3, H, W] that guidance wants x to move in. `current` is the step being executed; it
   * differs from i, the index that eps was predicted at, only in the second look of the first PLMS step.
   */
  guide(x: Float32Array, epsilon: Float32Array, i: number, current: number): Promise<Float32Array>
}

export interface SamplerStep {
  i: number
  /** the sample that the next step starts from */
  x: Float32Array
  /** the unguided estimate of the finished picture: what DD shows and saves */
  x0: Float32Array
  /** PLMS: the guided eps of this step, which the next one needs */
  score?: Float32Array
}

export interface Guided {
  /** unguided estimate of the picture */
  x0: Float32Array
  /** the estimate moved by guidance, and its eps */
  guided: Float32Array
  score: Float32Array
}

/** One look of denoiser and guidance at x (`condition_score` of guided-diffusion). */
export async function guidedScore(
  { tables, clip_denoised, epsilon, guide }: SamplerOptions,
  x: Float32Array,
  i: number,
  current = i,
): Promise<Guided> {
  const abar = fround(tables.abar[i]!)
  const predicted = await epsilon(x, i)
  const estimate = tables.x0FromEpsilon(x, predicted, i)
  const x0 = clip_denoised ? clamp(estimate) : estimate

  const gradient = await guide(x, predicted, i, current)
  const score = combine(1, tables.epsilonFromX0(x, x0, i), -fround(sqrt(fround(1 - abar))), gradient)
  const guided = tables.x0FromEpsilon(x, score, i)

  return { x0, guided, score: tables.epsilonFromX0(x, guided, i) }
}

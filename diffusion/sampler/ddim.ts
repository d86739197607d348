import type { Tables } from './tables.ts'
import { clamp, combine } from './vectors.ts'

const { fround, sqrt } = Math

export interface SamplerOptions {
  tables: Tables
  /** noisy picture [3, H, W] at spaced index `from` */
  x: Float32Array
  /** spaced index of the first step; the last is 0 */
  from: number
  eta: number
  /** hold sigma² ≤ 1 - abarPrev instead of running into a negative root */
  limitEta: boolean
  clip_denoised: boolean
  /** the denoiser: eps [3, H, W] */
  epsilon(x: Float32Array, i: number): Promise<Float32Array>
  /** cond_fn: the direction [3, H, W] that guidance wants x to move in */
  guide(x: Float32Array, epsilon: Float32Array, i: number): Promise<Float32Array>
  /** N(0, 1) of the step, [3, H, W] */
  noise(i: number): Float32Array
  /** changes x before a step, or returns it as it is */
  before?(x: Float32Array, i: number): Float32Array
}

export interface SamplerStep {
  i: number
  /** the sample that the next step starts from */
  x: Float32Array
  /** the unguided estimate of the finished picture: what DD shows and saves */
  x0: Float32Array
}

/** DDIM (Song et al. 2020) with a guided score, as `ddim_sample_loop_progressive` of guided-diffusion. */
export async function* ddim(options: SamplerOptions): AsyncGenerator<SamplerStep, void> {
  const { tables, eta } = options
  let { x } = options

  for (let i = options.from; i >= 0; i--) {
    const abar = fround(tables.abar[i]!)
    const abarPrev = fround(tables.abarPrev[i]!)
    const sigma = sigmaOf(eta, abar, abarPrev, options.limitEta)

    x = options.before?.(x, i) ?? x
    const epsilon = await options.epsilon(x, i)
    const x0 = options.clip_denoised
      ? clamp(tables.x0FromEpsilon(x, epsilon, i))
      : tables.x0FromEpsilon(x, epsilon, i)

    const gradient = await options.guide(x, epsilon, i)
    const score = combine(1, tables.epsilonFromX0(x, x0, i), -fround(sqrt(fround(1 - abar))), gradient)
    const guided = tables.x0FromEpsilon(x, score, i)
    const direction = tables.epsilonFromX0(x, guided, i)

    const mean = combine(
      fround(sqrt(abarPrev)),
      guided,
      directionScale(abarPrev, sigma, options.limitEta),
      direction,
    )
    const noise = options.noise(i)
    x = i > 0 ? combine(1, mean, sigma, noise) : mean

    yield { i, x, x0 }
  }
}

/** eta · sqrt((1 - abarPrev) / (1 - abar)) · sqrt(1 - abar / abarPrev) in float32. */
function sigmaOf(eta: number, abar: number, abarPrev: number, limited: boolean): number {
  const spread = fround(sqrt(fround(fround(1 - abarPrev) / fround(1 - abar))))
  const share = fround(sqrt(fround(1 - fround(abar / abarPrev))))
  const sigma = fround(fround(eta * spread) * share)
  const most = fround(sqrt(fround(1 - abarPrev)))

  return limited && Math.abs(sigma) > most ? Math.sign(sigma) * most : sigma
}

function directionScale(abarPrev: number, sigma: number, limited: boolean): number {
  const rest = fround(fround(1 - abarPrev) - fround(sigma * sigma))

  return fround(sqrt(limited ? Math.max(rest, 0) : rest))
}

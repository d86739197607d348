import { ddimRest, ddimSigma } from '#study'
import { guidedScore, type SamplerOptions, type SamplerStep } from './guided-score.ts'
import { combine } from './vectors.ts'

const { fround, sqrt } = Math

export interface DdimOptions extends SamplerOptions {
  eta: number
  /** hold sigma² ≤ 1 - abarPrev instead of running into a negative root */
  limitEta: boolean
  /** N(0, 1) of the step, [3, H, W] */
  noise(i: number): Float32Array
  /** changes x before a step, or returns it as it is */
  before?(x: Float32Array, i: number): Float32Array
}

/** DDIM (Song et al. 2020) with a guided score, as `ddim_sample_loop_progressive` of guided-diffusion. */
export async function* ddim(options: DdimOptions): AsyncGenerator<SamplerStep, void> {
  const { tables, eta } = options
  let { x } = options

  for (let i = options.from; i >= 0; i--) {
    const abar = fround(tables.abar[i]!)
    const abarPrev = fround(tables.abarPrev[i]!)
    const wanted = ddimSigma(eta, abar, abarPrev)
    const sigma = options.limitEta ? limited(wanted, abarPrev) : wanted
    const rest = ddimRest(abarPrev, sigma)

    x = options.before?.(x, i) ?? x
    const { x0, guided, score } = await guidedScore(options, x, i)

    const away = fround(sqrt(options.limitEta ? Math.max(rest, 0) : rest))
    const mean = combine(fround(sqrt(abarPrev)), guided, away, score)
    const noise = options.noise(i)
    x = i > 0 ? combine(1, mean, sigma, noise) : mean

    yield { i, x, x0 }
  }
}

function limited(sigma: number, abarPrev: number): number {
  const most = fround(sqrt(fround(1 - abarPrev)))

  return Math.abs(sigma) > most ? Math.sign(sigma) * most : sigma
}

import { guidedScore, type SamplerOptions, type SamplerStep } from './guided-score.ts'
import { combine } from './vectors.ts'

const { fround, sqrt } = Math

export interface PlmsOptions extends SamplerOptions {
  /** the guided eps of the step before, of a run that is continued; null at its beginning */
  before: Float32Array | null
}

/**
 * Pseudo linear multi-step of order 2 (Liu et al. 2022) with a guided score, as `plms_sample_loop_progressive` of
 * guided-diffusion: no noise, no eta. Its first step has no history and looks a second time, one step ahead.
 */
export async function* plms(options: PlmsOptions): AsyncGenerator<SamplerStep, void> {
  const { tables } = options
  const count = tables.abar.length
  let { x, before } = options

  for (let i = options.from; i >= 0; i--) {
    const abarPrev = fround(tables.abarPrev[i]!)
    const towards = (x0: Float32Array, score: Float32Array) =>
      combine(fround(sqrt(abarPrev)), x0, fround(sqrt(fround(1 - abarPrev))), score)

    const { x0, guided, score } = await guidedScore(options, x, i)
    let mixed: Float32Array

    if (before) mixed = combine(1.5, score, -0.5, before)
    else {
      // A run of one single step looks "ahead" at index -1, which the original reads as the last entry.
      const ahead = await guidedScore(options, towards(guided, score), (i - 1 + count) % count, i)
      mixed = combine(0.5, score, 0.5, ahead.score)
    }

    x = i > 0 ? towards(tables.x0FromEpsilon(x, mixed, i), mixed) : guided
    before = score

    yield { i, x, x0, score }
  }
}

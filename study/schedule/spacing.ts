/** The moments a run of `steps` visits; index `i` counts down from `steps - 1` (noise) to 0 (picture). */
export interface Spacing {
  /** Length of the original process. */
  N: number
  /** Stride: step `i` is moment `i * k` of the original process. */
  k: number
  /** Time given to the networks, in 0 … 1000 units, rounded to float32 as the reference does. */
  taus: Float64Array
  /** Cumulative product of alphas at step `i`, float64. */
  abar: Float64Array
  /** `abar` of step `i - 1`; 1 at step 0. */
  abarPrev: Float64Array
}

const firstBeta = 1e-4
const lastBeta = 0.02
const processLength = 1000

/** The linear noise schedule of guided-diffusion, spaced as `ddim{steps}` (respace.py). `steps` ≥ 2. */
export function spacing(steps: number): Spacing {
  const k = steps < processLength ? Math.floor(processLength / steps) : 1
  const N = steps < processLength ? k * steps : steps

  // numpy.linspace: start + i * step, with the exact end put in at the last place.
  const scale = processLength / N
  const start = scale * firstBeta
  const stop = scale * lastBeta
  const step = (stop - start) / (N - 1)

  const taus = new Float64Array(steps)
  const abar = new Float64Array(steps)
  const abarPrev = new Float64Array(steps)
  let product = 1
  for (let moment = 0; moment < N; moment++) {
    const beta = moment === N - 1 ? stop : start + moment * step
    product *= 1 - beta
    if (moment % k !== 0) continue
    const i = moment / k
    taus[i] = Math.fround(moment * Math.fround(processLength / N))
    abar[i] = product
    abarPrev[i] = i === 0 ? 1 : abar[i - 1]!
  }

  return { N, k, taus, abar, abarPrev }
}

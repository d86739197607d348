import { combine, divide } from './vectors.ts'

const { fround, sqrt } = Math

/** The spaced diffusion process (study's `spacing`): float64 cumulative alphas by spaced index, 0 = cleanest. */
export interface Spaced {
  taus: ArrayLike<number>
  abar: ArrayLike<number>
  abarPrev: ArrayLike<number>
}

/** x0 and eps of each other at spaced index i (guided-diffusion). Tables are float64 and act as float32. */
export interface Tables extends Spaced {
  x0FromEpsilon(x: Float32Array, epsilon: Float32Array, i: number): Float32Array
  epsilonFromX0(x: Float32Array, x0: Float32Array, i: number): Float32Array
  /** sqrt(abar)·x0 + sqrt(1 - abar)·noise */
  diffuse(x0: Float32Array, noise: Float32Array, i: number): Float32Array
}

export function diffusionTables(spaced: Spaced): Tables {
  const { abar } = spaced
  const recip = (i: number) => fround(sqrt(1 / abar[i]!))
  const recipMinus1 = (i: number) => fround(sqrt(1 / abar[i]! - 1))

  return {
    ...spaced,
    x0FromEpsilon: (x, epsilon, i) => combine(recip(i), x, -recipMinus1(i), epsilon),
    epsilonFromX0: (x, x0, i) => divide(combine(recip(i), x, -1, x0), recipMinus1(i)),
    diffuse: (x0, noise, i) => combine(fround(sqrt(abar[i]!)), x0, fround(sqrt(1 - abar[i]!)), noise),
  }
}

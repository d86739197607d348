import { TeststripError } from '#study'
import type { Networks, Size } from '../networks/index.ts'
import { combine, type Tables } from '../sampler/index.ts'

const { fround, sqrt } = Math

/** A guess of the finished picture from x, and the way back of a gradient by that guess. */
export interface Estimate {
  /** [3, H, W] */
  picture: Float32Array
  /** Jᵀ gradient, by x */
  pullBack(gradient: Float32Array): Promise<Float32Array>
}

export type Estimator = (x: Float32Array, epsilon: Float32Array, i: number) => Promise<Estimate>

/** The secondary model's guess: quick, and its gradient stays out of the large denoiser. */
export function secondaryEstimator({ secondary }: Networks, size: Size, { abar }: Tables): Estimator {
  if (!secondary) {
    throw new TeststripError(
      'invalid_input',
      'use_secondary_model is on, but this pack has no secondary model: switch it off or choose another pack.',
      { parameter: 'use_secondary_model' },
    )
  }

  return async (x, _epsilon, i) => {
    const time = (Math.atan2(fround(sqrt(1 - abar[i]!)), fround(sqrt(abar[i]!))) * 2) / Math.PI

    return {
      picture: await secondary.predict(x, size, [fround(time)]),
      pullBack: (gradient) => secondary.vjp(x, size, [fround(time)], gradient),
    }
  }
}

/** The denoiser's own guess, x0 = x·sqrt(1/abar) - sqrt(1/abar - 1)·eps, from the eps the sampler already has. */
export function denoiserEstimator(
  { denoiser }: Networks,
  size: Size,
  tables: Tables,
  { recompute = false } = {},
): Estimator {
  const { abar, taus } = tables

  return async (x, epsilon, i) => ({
    picture: tables.x0FromEpsilon(x, epsilon, i),

    async pullBack(gradient) {
      const back = await denoiser.vjp(x, size, [taus[i]!], [abar[i]!], gradient, { recompute })

      return combine(fround(sqrt(1 / abar[i]!)), gradient, -fround(sqrt(1 / abar[i]! - 1)), back.gradient)
    },
  })
}

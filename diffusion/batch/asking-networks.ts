import type { Networks, Size } from '../networks/index.ts'
import type { Question } from './question.ts'

/** Networks whose denoiser and secondary model are asked through `ask`; the others are called as they are. */
export function askingNetworks(
  networks: Networks,
  size: Size,
  ask: (question: Question) => Promise<readonly Float32Array[]>,
): Networks {
  const { denoiser, secondary } = networks

  return {
    ...networks,
    denoiser: {
      async epsilon(x, _size, taus, abars, options = {}) {
        const [epsilon] = await ask({
          kind: options.keep ? (options.recompute ? 'epsilon, sparingly kept' : 'epsilon, kept') : 'epsilon',
          opens: true,
          arrays: [x],
          times: [taus, abars],
          run: async ([xs], [ts, as]) => [await denoiser.epsilon(xs!, size, ts!, as!, options)],
        })

        return epsilon!
      },
      async vjp(x, _size, taus, abars, g, options = {}) {
        const [epsilon, gradient] = await ask({
          kind: options.recompute ? 'denoiser, back, recomputed' : 'denoiser, back',
          opens: false,
          arrays: [x, g],
          times: [taus, abars],
          async run([xs, gs], [ts, as]) {
            const back = await denoiser.vjp(xs!, size, ts!, as!, gs!, options)

            return [back.epsilon, back.gradient]
          },
        })

        return { epsilon: epsilon!, gradient: gradient! }
      },
    },
    secondary: secondary && {
      async predict(x, _size, ts) {
        const [prediction] = await ask({
          kind: 'prediction',
          opens: false,
          arrays: [x],
          times: [ts],
          run: async ([xs], [all]) => [await secondary.predict(xs!, size, all!)],
        })

        return prediction!
      },
      async vjp(x, _size, ts, g) {
        const [gradient] = await ask({
          kind: 'secondary, back',
          opens: false,
          arrays: [x, g],
          times: [ts],
          run: async ([xs, gs], [all]) => [await secondary.vjp(xs!, size, all!, gs!)],
        })

        return gradient!
      },
    },
  }
}

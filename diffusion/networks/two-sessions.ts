import { residuals, type Value, vjp, writeModel } from '../graph/index.ts'
import { lazy } from './lazy.ts'
import { type Feed, openSession } from './session.ts'
import type { Halves, TwoPhaseNetwork } from './two-phase.ts'

/**
 * Forward and backward half as two sessions: the forward half hands out the activations that the backward half reads.
 * They stay where they are, in memory or on the device, nothing is computed twice, and weights are stored twice only
 * as far as both halves use them. A third session without those outputs serves plain forward calls: it is faster, and
 * its bits may differ in the last digit, so a given kind of call always uses the same session.
 */
export function twoSessions({ graph, x, features, out, device }: TwoPhaseNetwork): Halves {
  const g = graph.input('g', out.shape)
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]
  const needed = residuals({ outputs: [out], gradients: [gradient] })
  const stored = needed.filter((value) => value !== x && value !== features)

  const plain = lazy(() => openSession(writeModel({ inputs: [x, features], outputs: [out] }), device))
  const keeping = lazy(() =>
    openSession(writeModel({ inputs: [x, features], outputs: [out, ...stored] }), device, { held: stored }),
  )
  const reverse = lazy(() => openSession(writeModel({ inputs: [...needed, g], outputs: [gradient] }), device))

  return {
    async forward(xs, fs, pictures) {
      return (await (await plain.get()).run([xs, fs], { pictures }))[0]!
    },
    async keep(xs, fs, pictures) {
      const { numbers, held } = await (await keeping.get()).hold([xs, fs], { pictures })

      return { out: numbers[0]!, held }
    },
    async backward(kept, cotangent, pictures) {
      const feeds: Feed[] = needed.map((value) => {
        if (value === x) return kept.x
        if (value === features) return kept.features

        return kept.held[stored.indexOf(value)]!
      })

      return (await (await reverse.get()).run([...feeds, cotangent], { pictures }))[0]!
    },
    async release() {
      for (const session of [plain, keeping, reverse]) await session.release()
    },
  }
}

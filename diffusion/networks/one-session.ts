import { shapeTensor, type Value, vjp, writeModel } from '../graph/index.ts'
import { lazy } from './lazy.ts'
import { openSession } from './session.ts'
import type { Halves, TwoPhaseNetwork } from './two-phase.ts'

/**
 * Both halves in one session with one copy of the weights, the backward half in an If. Activations never leave the
 * device; the price is that the forward half is run again for a gradient, as Disco Diffusion does too. A cotangent of
 * one number says that none is wanted.
 */
export function oneSession({ graph, x, features, out, device }: TwoPhaseNetwork): Halves {
  const given = graph.input('g', ['cotangents'])
  const shape = graph.constant(shapeTensor(out.shape))
  const g = graph.exactly(() => graph.node('Reshape', [given, shape], { shape: out.shape }))
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]
  const count = graph.node('Size', [given], { shape: [], type: 'int64' })
  const when = graph.node('Greater', [count, graph.constant(BigInt64Array.of(1n), [])], {
    shape: [],
    type: 'bool',
  })
  const both = lazy(() =>
    openSession(
      writeModel({ inputs: [x, features, given], outputs: [out], sometimes: { when, outputs: [gradient] } }),
      device,
    ),
  )
  const run = async (xs: Float32Array, fs: Float32Array, cotangent: Float32Array, pictures: number) =>
    (await both.get()).run([xs, fs, cotangent], { pictures, cotangents: cotangent.length })
  const forward: Halves['forward'] = async (xs, fs, pictures) =>
    (await run(xs, fs, Float32Array.of(0), pictures))[0]!

  return {
    forward,
    async keep(xs, fs, pictures) {
      return { out: await forward(xs, fs, pictures), held: [] }
    },
    async backward(kept, cotangent, pictures) {
      return (await run(kept.x, kept.features, cotangent, pictures))[1]!
    },
    release: () => both.release(),
  }
}

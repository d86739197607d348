import { type Graph, residuals, type Value, vjp, writeModel } from '../graph/index.ts'
import { type DeviceOptions, type Feed, openSession, type Session } from './session.ts'

/** A network x, features ↦ out whose gradient by x is wanted only after out is known. */
export interface TwoPhase {
  /** out alone. */
  forward(x: Float32Array, features: Float32Array): Promise<Float32Array>
  /** out, with what `backward` needs kept until the next call. */
  forwardKeeping(x: Float32Array, features: Float32Array): Promise<Float32Array>
  /** Jᵀg by x, after `forwardKeeping` of the same x and features (which is run if it was not the last call). */
  backward(
    x: Float32Array,
    features: Float32Array,
    g: Float32Array,
  ): Promise<{ out: Float32Array; gradient: Float32Array }>
  release(): Promise<void>
}

interface Kept {
  x: Float32Array
  features: Float32Array
  out: Float32Array
  values: Float32Array[]
}

/**
 * Forward and backward half as two sessions: the forward half hands out the activations that the backward half reads.
 * On a CPU they cross without a copy, nothing is computed twice, and weights are stored twice only as far as both
 * halves use them. A third session without those outputs serves plain forward calls: it is faster, and its bits may
 * differ in the last digit, so a given kind of call always uses the same session.
 */
export function twoPhase(options: {
  graph: Graph
  x: Value
  features: Value
  out: Value
  device: DeviceOptions
}): TwoPhase {
  const { graph, x, features, out, device } = options
  const g = graph.input('g', out.shape)
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]
  const needed = residuals({ outputs: [out], gradients: [gradient] })
  const stored = needed.filter((value) => value !== x && value !== features)

  const plain = lazy(() => openSession(writeModel({ inputs: [x, features], outputs: [out] }), device))
  const keeping = lazy(() =>
    openSession(writeModel({ inputs: [x, features], outputs: [out, ...stored] }), device),
  )
  const reverse = lazy(() => openSession(writeModel({ inputs: [...needed, g], outputs: [gradient] }), device))
  let kept: Kept | null = null

  const keep = async (xs: Float32Array, fs: Float32Array): Promise<Kept> => {
    kept = null
    const [result, ...values] = await (await keeping.get()).run([xs, fs])
    kept = { x: xs.slice(), features: fs.slice(), out: result!, values }

    return kept
  }

  return {
    async forward(xs, fs) {
      return (await (await plain.get()).run([xs, fs]))[0]!
    },
    async forwardKeeping(xs, fs) {
      return (await keep(xs, fs)).out
    },
    async backward(xs, fs, cotangent) {
      const state = kept && equal(kept.x, xs) && equal(kept.features, fs) ? kept : await keep(xs, fs)
      kept = null
      const feeds: Feed[] = needed.map((value) => {
        if (value === x) return state.x
        if (value === features) return state.features

        return state.values[stored.indexOf(value)]!
      })
      const [result] = await (await reverse.get()).run([...feeds, cotangent])

      return { out: state.out, gradient: result! }
    },
    async release() {
      kept = null
      for (const session of [plain, keeping, reverse]) await session.release()
    },
  }
}

export interface Lazy {
  get(): Promise<Session>
  release(): Promise<void>
}

/** A session that is opened when it is first used; a failure to open is not remembered. */
export function lazy(open: () => Promise<Session>): Lazy {
  let opened: Promise<Session> | null = null

  return {
    get() {
      opened ??= open().catch((error: unknown) => {
        opened = null
        throw error
      })

      return opened
    },
    async release() {
      const session = await opened
      opened = null
      await session?.release()
    },
  }
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k])
}

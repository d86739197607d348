import type { Graph, Value } from '../graph/index.ts'
import { oneSession } from './one-session.ts'
import { joined, parts } from './pictures.ts'
import { crossingOf, type DeviceOptions, type Held } from './session.ts'
import { twoSessions } from './two-sessions.ts'

/** A network x, features ↦ out, for several pictures at once, whose gradient by x is wanted only after out is known. */
export interface TwoPhase {
  /** out alone. */
  forward(x: Float32Array, features: Float32Array, pictures: number): Promise<Float32Array>
  /** out, with what `backward` needs kept until the next call. */
  forwardKeeping(x: Float32Array, features: Float32Array, pictures: number): Promise<Float32Array>
  /** Jᵀg by x, after `forwardKeeping` of the same x and features (which is run if it was not the last call). */
  backward(
    x: Float32Array,
    features: Float32Array,
    pictures: number,
    g: Float32Array,
  ): Promise<{ out: Float32Array; gradient: Float32Array }>
  release(): Promise<void>
}

/** The two halves of a network, as sessions run them. */
export interface Halves {
  forward(x: Float32Array, features: Float32Array, pictures: number): Promise<Float32Array>
  keep(
    x: Float32Array,
    features: Float32Array,
    pictures: number,
  ): Promise<{ out: Float32Array; held: Held[] }>
  /** Jᵀg of what was kept. */
  backward(kept: Kept, g: Float32Array, pictures: number): Promise<Float32Array>
  release(): Promise<void>
}

export interface Kept {
  x: Float32Array
  features: Float32Array
  out: Float32Array
  held: Held[]
}

export interface TwoPhaseNetwork {
  graph: Graph
  x: Value
  features: Value
  out: Value
  device: DeviceOptions
  /** Built of `recomputed` parts, which spare memory only where both halves share it. */
  recomputes?: boolean
}

/**
 * Two sessions where activations can cross from one to the other: that is fastest, since nothing is computed twice.
 * One session of both halves where they cannot, and where memory is to be spared.
 */
export function twoPhase(network: TwoPhaseNetwork): TwoPhase {
  const isOne = network.recomputes || crossingOf(network.device) === 'none'
  const halves = isOne ? oneSession(network) : twoSessions(network)
  /** What goes through the network in one run: all pictures, or each by itself. */
  const runs = (pictures: number) => (network.x.shape[0] === 1 ? pictures : 1)
  let kept: Kept[] = []
  const forget = () => {
    for (const { held } of kept) for (const value of held) value.free()
    kept = []
  }

  const keep = async (xs: Float32Array, fs: Float32Array, pictures: number): Promise<void> => {
    forget()
    const features = parts(fs, runs(pictures))
    for (const [k, x] of parts(xs, runs(pictures)).entries()) {
      const found = await halves.keep(x, features[k]!, pictures)
      kept.push({ x: x.slice(), features: features[k]!.slice(), ...found })
    }
  }
  const isKept = (xs: Float32Array, fs: Float32Array) =>
    kept.length > 0 &&
    parts(xs, kept.length).every((x, k) => equal(x, kept[k]!.x)) &&
    parts(fs, kept.length).every((features, k) => equal(features, kept[k]!.features))
  const outs = () => joined(kept.map(({ out }) => out))

  return {
    async forward(xs, fs, pictures) {
      const features = parts(fs, runs(pictures))
      const found: Float32Array[] = []
      for (const [k, x] of parts(xs, runs(pictures)).entries())
        found.push(await halves.forward(x, features[k]!, pictures))

      return joined(found)
    },
    async forwardKeeping(xs, fs, pictures) {
      await keep(xs, fs, pictures)

      return outs()
    },
    async backward(xs, fs, pictures, cotangent) {
      if (!isKept(xs, fs)) await keep(xs, fs, pictures)
      const cotangents = parts(cotangent, kept.length)
      const gradients: Float32Array[] = []
      for (const [k, one] of kept.entries())
        gradients.push(await halves.backward(one, cotangents[k]!, pictures))
      const out = outs()
      forget()

      return { out, gradient: joined(gradients) }
    },
    async release() {
      forget()
      await halves.release()
    },
  }
}

function equal(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k])
}

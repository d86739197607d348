import { type Demand, nextRung, rungs, TeststripError, type Thrift } from '#study'
import type { Clip, ClipLoss, Networks } from '../networks/index.ts'
import { joined } from '../networks/pictures.ts'
import type { Turns } from './in-turn.ts'

/** What is known to fit: a rung of the ladder (`rungs` of #study). It only ever goes down. */
export interface Fit {
  rung: number
}

/**
 * Networks that make do with the memory there is. A run that finds too little is repeated: first with everything else
 * let go, then one rung down the ladder after the other, which `fit` remembers. Nobody who calls notices, and no rung
 * changes what is computed, only in how many pieces.
 */
export function thriftyNetworks(options: {
  networks: Networks
  fit: Fit
  /** one run at a time, so that nothing is let go that is in use */
  turns: Turns
  /** lets go of all sessions; they are opened again when used */
  letGo(): Promise<void>
}): Networks {
  const { networks, fit, turns, letGo } = options
  const { denoiser, secondary, clip, lpips } = networks
  const most: Demand = { cuts: 1, keeps: false, pictures: 1 }

  const sparing = <T>(run: (thrift: Thrift) => Promise<T>): Promise<T> =>
    turns(async () => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await run(rungs[fit.rung]!)
        } catch (error) {
          if (!isOutOfMemory(error)) throw error
          await letGo()
          // what others had left in memory may have been all that was in the way
          if (attempt === 0) continue

          const lower = nextRung(fit.rung, most)
          if (lower === null) throw error
          fit.rung = lower
        }
      }
    })

  /** N pictures in as many runs as it takes. */
  const inParts = <K extends string>(
    times: readonly (readonly number[])[],
    arrays: readonly Float32Array[],
    run: (
      arrays: Float32Array[],
      times: (readonly number[])[],
      thrift: Thrift,
    ) => Promise<Record<K, Float32Array>>,
  ) => {
    const pictures = times[0]!.length
    most.pictures = Math.max(most.pictures, pictures)

    return sparing(async (thrift) => {
      const parts: Record<K, Float32Array>[] = []

      for (let from = 0; from < pictures; from += thrift.pictures) {
        const to = Math.min(from + thrift.pictures, pictures)
        const share = (all: Float32Array) =>
          all.subarray((from * all.length) / pictures, (to * all.length) / pictures)

        parts.push(
          await run(
            arrays.map(share),
            times.map((all) => all.slice(from, to)),
            thrift,
          ),
        )
      }

      const names = Object.keys(parts[0]!) as K[]

      return parts.length === 1
        ? parts[0]!
        : (Object.fromEntries(names.map((name) => [name, joined(parts.map((part) => part[name]))])) as Record<
            K,
            Float32Array
          >)
    })
  }

  return {
    ...networks,

    denoiser: {
      async epsilon(x, size, taus, abars, { keep = false, recompute = false } = {}) {
        most.keeps ||= keep && !recompute
        const { epsilon } = await inParts([taus, abars], [x], async ([xs], [ts, as], thrift) => ({
          epsilon: await denoiser.epsilon(xs!, size, ts!, as!, {
            keep,
            recompute: recompute || thrift.recompute,
          }),
        }))

        return epsilon
      },
      vjp: (x, size, taus, abars, g, { recompute = false } = {}) =>
        inParts<'epsilon' | 'gradient'>([taus, abars], [x, g], ([xs, gs], [ts, as], thrift) =>
          denoiser.vjp(xs!, size, ts!, as!, gs!, { recompute: recompute || thrift.recompute }),
        ),
    },

    secondary: secondary && {
      async predict(x, size, times) {
        const { picture } = await inParts([times], [x], async ([xs], [ts]) => ({
          picture: await secondary.predict(xs!, size, ts!),
        }))

        return picture
      },
      async vjp(x, size, times, g) {
        const { gradient } = await inParts([times], [x, g], async ([xs, gs], [ts]) => ({
          gradient: await secondary.vjp(xs!, size, ts!, gs!),
        }))

        return gradient
      },
    },

    clip: clip.map((each) => ({
      ...each,
      encodeText: (ids) => sparing(() => each.encodeText(ids)),
      encodeImage: (cuts) => sparing(() => each.encodeImage(cuts)),
      lossAndGradient(cuts, K, targets, weights) {
        most.cuts = Math.max(most.cuts, K)

        return sparing((thrift) => lossInParts(each, { cuts, K, targets, weights }, thrift.cuts))
      },
    })),

    lpips: lpips && {
      distance: (x, reference, size) => sparing(() => lpips.distance(x, reference, size)),
    },
  }
}

/** The loss of K cuts from that of a few at a time: they only meet in the mean. */
async function lossInParts(
  clip: Clip,
  set: { cuts: Float32Array; K: number; targets: Float32Array; weights: Float32Array },
  most: number,
): Promise<ClipLoss> {
  const { cuts, K, targets, weights } = set

  if (K <= most) return clip.lossAndGradient(cuts, K, targets, weights)

  const parts: ClipLoss[] = []
  const each = cuts.length / K

  for (let from = 0; from < K; from += most) {
    const to = Math.min(from + most, K)
    const part = cuts.subarray(from * each, to * each)
    parts.push(await clip.lossAndGradient(part, to - from, targets, weights, K))
  }

  return {
    loss: parts.reduce((sum, { loss }) => sum + loss, 0),
    similarity: parts.reduce((sum, { similarity }) => sum + similarity, 0),
    gradient: joined(parts.map(({ gradient }) => gradient)),
    distances: joined(parts.map(({ distances }) => distances)),
  }
}

export function isOutOfMemory(error: unknown): boolean {
  // V8 says so when an array finds no room.
  if (error instanceof RangeError) return /allocation failed/i.test(error.message)

  return error instanceof TeststripError && error.code === 'out_of_memory'
}

/** For people, when nothing more can be spared. */
export const noRoom = ({ message }: Error) =>
  new TeststripError(
    'out_of_memory',
    `This picture needs more memory than the device has, even in the smallest pieces: try a smaller width_height, fewer or smaller CLIP models, fewer cuts, or use_secondary_model on (${message}).`,
    { parameter: 'width_height' },
  )

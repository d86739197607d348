import { TeststripError } from '#study'
import { Graph, type Value, vjp, writeModel } from '../graph/index.ts'
import type { ClipPart } from '../pack/pack.ts'
import { normalised, sphericalDistance } from './clip-loss.ts'
import { clipText } from './clip-text.ts'
import { clipVision } from './clip-vision.ts'
import type { Clip } from './index.ts'
import { lazy } from './lazy.ts'
import { type DeviceOptions, lowered, openSession } from './session.ts'

/** Rows of a CLIP vocabulary that are no merges: 2 × 256 bytes, start and end of text. */
const specialTokens = 2

/**
 * One CLIP of a pack: text, pictures, and loss with gradient, each a session opened when first used. Texts are read once,
 * before the first step, so their session is let go when the steps begin.
 */
export function openClip(part: ClipPart, device: DeviceOptions): Clip & { release(): Promise<void> } {
  const { entry, weights, resolution, embed, contextLength, merges } = part
  const pixels = 3 * resolution * resolution
  const startOfText = 512 + merges
  const endOfText = startOfText + 1

  const text = lazy(() => {
    const { ids, end, embedding } = clipText(new Graph(lowered(device, 'small')), weights, entry.activation)

    return openSession(writeModel({ inputs: [ids, end], outputs: [embedding] }), device)
  })
  const image = lazy(() => {
    const cuts = new Graph(lowered(device, 'large')).input('cuts', ['cuts', 3, resolution, resolution])
    const embeddings = clipVision(cuts, weights, entry.activation)

    return openSession(writeModel({ inputs: [cuts], outputs: [embeddings] }), device)
  })
  const loss = lazy(() => {
    const graph = new Graph(lowered(device, 'large'))
    const cuts = graph.input('cuts', ['cuts', 3, resolution, resolution])
    const targets = graph.input('targets', ['targets', embed])
    const distances = sphericalDistance(clipVision(normalised(cuts), weights, entry.activation), targets)
    const g = graph.input('g', distances.shape)
    const [gradient] = vjp({ outputs: [distances], cotangents: [g], wrt: [cuts] }) as [Value]

    return openSession(writeModel({ inputs: [cuts, targets, g], outputs: [distances, gradient] }), device)
  })

  return {
    name: entry.name,
    resolution,
    embed,
    contextLength,
    async encodeText(ids) {
      if (ids.length + specialTokens > contextLength)
        throw new TeststripError(
          'invalid_input',
          `A prompt of ${ids.length} tokens is too long for ${entry.name}: it takes ${contextLength - specialTokens}.`,
          { parameter: 'text_prompts' },
        )
      const padded = new BigInt64Array(contextLength)
      padded.set([startOfText, ...ids, endOfText].map(BigInt))
      const [embedding] = await (await text.get()).run([padded, BigInt64Array.of(BigInt(ids.length + 1))])

      return embedding!
    },
    async encodeImage(cuts) {
      const [embeddings] = await (await image.get()).run([cuts], { cuts: cuts.length / pixels })

      return embeddings!
    },
    async lossAndGradient(cuts, K, targets, weights, of = K) {
      await text.release()
      const P = weights.length
      const g = Float32Array.from({ length: K * P }, (_, at) => weights[at % P]! / of)
      const [distances, gradient] = (await (
        await loss.get()
      ).run([cuts, targets, g], { cuts: K, targets: P })) as [Float32Array, Float32Array]
      const mean = (value: (distance: number) => number) =>
        distances.reduce((sum, distance, at) => sum + weights[at % P]! * value(distance), 0) / of

      return {
        loss: mean((distance) => distance),
        gradient,
        distances,
        similarity: mean((distance) => Math.cos(Math.sqrt(2 * distance))),
      }
    },
    async release() {
      for (const session of [text, image, loss]) await session.release()
    },
  }
}

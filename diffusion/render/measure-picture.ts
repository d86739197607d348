import { promptsAt, type Recipe, readPrompt } from '#study'
import { planCuts, takeCuts } from '../cutouts/index.ts'
import { fromRgb8 } from '../image/index.ts'
import type { Clip, Size } from '../networks/index.ts'
import { normaliseCuts } from '../networks/normalise-cuts.ts'
import { embedText } from './embed-prompts.ts'
import type { RenderMetrics } from './events.ts'
import type { OpenPack } from './open-pack.ts'

/**
 * How near the whole finished picture, interleaved 8-bit RGB, is to each prompt in force at `frame`, and to the positive
 * ones together. Always by the pack's first CLIP, whichever guided: cells that differ in their CLIPs are measured with
 * one ruler. The prompts' words only, in every behaviour.
 */
export async function measurePicture(
  rgb: Uint8Array,
  size: Size,
  recipe: Recipe,
  open: OpenPack,
  frame: number,
): Promise<RenderMetrics> {
  const clip = open.networks.clip[0]
  const prompts = promptsAt(recipe.text_prompts, frame).map((prompt) => readPrompt(prompt, 'corrected'))
  if (!clip || prompts.length === 0) return { clipSimilarity: null, promptSimilarities: [] }

  const embedding = await embedPicture(rgb, size, clip)
  const promptSimilarities: number[] = []
  for (const { text } of prompts)
    promptSimilarities.push(cosine(embedding, await embedText(text, clip, open)))
  const wanted = prompts.map(({ weight }) => Math.max(weight, 0))
  const total = wanted.reduce((sum, weight) => sum + weight, 0)

  return {
    clipSimilarity:
      total > 0 ? promptSimilarities.reduce((sum, value, k) => sum + (wanted[k]! / total) * value, 0) : null,
    promptSimilarities,
  }
}

/** Embedding [D] of the whole picture as one overview cut. */
async function embedPicture(rgb: Uint8Array, size: Size, clip: Clip): Promise<Float32Array> {
  const whole = planCuts(
    { overview: 1, inner: 0, power: 1, grayShare: 0, grayRule: 'exact' },
    size,
    clip.resolution,
    () => {
      throw new RangeError('an overview cut draws nothing')
    },
  )
  const { data } = takeCuts(fromRgb8(rgb), size, whole, clip.resolution)

  return clip.encodeImage(normaliseCuts(data, clip.resolution))
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = a.reduce((sum, value, k) => sum + value * b[k]!, 0)

  return dot / Math.hypot(...a) / Math.hypot(...b)
}

import { promptsAt, type Recipe, readPrompt } from '#study'
import { planCuts, takeCuts } from '../cutouts/index.ts'
import { fromRgb8, pictureStatistics } from '../image/index.ts'
import type { Clip, Size } from '../networks/index.ts'
import { normaliseCuts } from '../networks/normalise-cuts.ts'
import { embedText } from './embed-prompts.ts'
import type { RenderMetrics } from './events.ts'
import type { OpenPack } from './open-pack.ts'

/** Figures of a finished picture, given as interleaved 8-bit RGB; `frame` decides the prompts it is held against. */
export async function measurePicture(
  rgb: Uint8Array,
  size: Size,
  recipe: Recipe,
  open: OpenPack,
  frame: number,
): Promise<RenderMetrics> {
  return { ...pictureStatistics(rgb), clipSimilarity: await clipSimilarity(rgb, size, recipe, open, frame) }
}

/**
 * How near the whole picture is to the positive prompts. Always by the pack's first CLIP, whichever guided:
 * cells that differ in their CLIPs are measured with one ruler. The prompts' words only, in every behaviour.
 */
async function clipSimilarity(
  rgb: Uint8Array,
  size: Size,
  recipe: Recipe,
  open: OpenPack,
  frame: number,
): Promise<number | null> {
  const clip = open.networks.clip[0]
  const wanted = promptsAt(recipe.text_prompts, frame)
    .map((prompt) => readPrompt(prompt, 'corrected'))
    .filter(({ weight }) => weight > 0)

  if (!clip || wanted.length === 0) return null

  const [embedding, total] = [
    await embedPicture(rgb, size, clip),
    wanted.reduce((sum, { weight }) => sum + weight, 0),
  ]
  let similarity = 0

  for (const { text, weight } of wanted) {
    similarity += (weight / total) * cosine(embedding, await embedText(text, clip, open))
  }

  return similarity
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

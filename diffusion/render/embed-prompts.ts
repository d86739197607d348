import {
  clipNames,
  normaliseWeights,
  parsePrompt,
  promptsAt,
  type Recipe,
  readPrompt,
  tokenize,
} from '#study'
import type { GuidingClip } from '../guidance/index.ts'
import type { Pictures } from '../image/index.ts'
import { embedPicture } from '../image-prompts/index.ts'
import type { Clip } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'
import type { OpenPack } from './open-pack.ts'

const fuzzyCopies = 25

/** The CLIPs that a recipe switches on, in DD's order. */
export function clipsOf(recipe: Recipe, clips: readonly Clip[]): Clip[] {
  const order = clipNames as readonly string[]
  const switches: Partial<Record<string, unknown>> = recipe

  return clips
    .filter((clip) => switches[clip.name] === true)
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
}

export interface PromptJob {
  recipe: Recipe
  open: OpenPack
  /** those that image_prompts name */
  pictures: Pictures
  noise: NoiseSource
  frame: number
}

/**
 * The prompts in force at a frame as targets and weights, one set per CLIP: texts, then pictures. Draws the cuts of the
 * pictures and the copies of fuzzy_prompt.
 */
export async function embedPrompts(job: PromptJob): Promise<GuidingClip[]> {
  const { recipe, open, frame } = job
  const prompts = [
    ...promptsAt(recipe.text_prompts, frame).map((prompt) => textPrompt(prompt, job)),
    ...promptsAt(recipe.image_prompts, frame).map((prompt, place) => imagePrompt(prompt, place, job)),
  ]
  const guiding: GuidingClip[] = []

  for (const clip of clipsOf(recipe, open.networks.clip)) {
    const rows: { target: Float32Array; weight: number }[] = []

    for (const [part, { weight, embed }] of prompts.entries()) {
      const embeddings = await embed(clip)
      const targets = recipe.fuzzy_prompt ? strays(embeddings, clip, part, job) : embeddings
      rows.push(...targets.map((target) => ({ target, weight: weight / embeddings.length })))
    }

    const targets = new Float32Array(rows.length * clip.embed)
    rows.forEach(({ target }, p) => {
      targets.set(target, p * clip.embed)
    })
    const weights = normaliseWeights(rows.map(({ weight }) => weight))
    guiding.push({ clip, targets, weights: Float32Array.from(weights) })
  }

  return guiding
}

/** Something to guide towards: its weight, and one or several embeddings [D] that share it. */
interface Prompt {
  weight: number
  embed(clip: Clip): Promise<Float32Array[]>
}

function textPrompt(prompt: string, { recipe, open }: PromptJob): Prompt {
  const { text, weight } = readPrompt(prompt, recipe.behaviour)

  return { weight, embed: async (clip) => [await embedText(text, clip, open)] }
}

function imagePrompt(prompt: string, place: number, { recipe, pictures, noise }: PromptJob): Prompt {
  const { text: name, weight } = parsePrompt(prompt)

  return {
    weight,
    embed: (clip) => embedPicture({ picture: pictures.get(name)!, prompt: place, clip, noise, recipe }),
  }
}

/** Embedding [D] of a text by one CLIP, remembered. What is more than the CLIP reads counts for nothing. */
export async function embedText(text: string, clip: Clip, open: OpenPack): Promise<Float32Array> {
  const key = `${clip.name}\n${text}`
  const known = open.embeddings.get(key)

  if (known) return known

  // Where Disco Diffusion stops at longer texts, `checkRecipe` has refused them.
  const ids = tokenize(text, open.merges, open.mergeCount(clip)).slice(0, clip.contextLength - 2)
  const embedding = await clip.encodeText(ids)
  open.embeddings.set(key, embedding)

  return embedding
}

/**
 * 25 noisy copies of a prompt in place of itself, each of its full weight. They are clamped to 0 .. 1 as in DD, which
 * loses every negative component.
 */
function strays(
  embeddings: readonly Float32Array[],
  clip: Clip,
  part: number,
  { recipe, noise }: PromptJob,
): Float32Array[] {
  const reach = Math.fround(recipe.rand_mag)
  const length = embeddings.length * clip.embed

  return Array.from({ length: fuzzyCopies }, (_, row) => {
    const normals = noise.draws({ purpose: 'fuzzy', model: clip.name, part, row }).normal(length)

    return embeddings.map((embedding, k) =>
      embedding.map((value, d) => {
        const moved = Math.fround(value + Math.fround(normals[k * clip.embed + d]! * reach))

        return Math.min(Math.max(moved, 0), 1)
      }),
    )
  }).flat()
}

import {
  clipNames,
  normaliseWeights,
  parsePrompt,
  promptsAt,
  promptText,
  type Recipe,
  TeststripError,
  tokenize,
} from '#study'
import type { GuidingClip } from '../guidance/index.ts'
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

/** Text prompts of a still as targets and weights, one set per CLIP. Draws the copies of fuzzy_prompt. */
export async function embedPrompts(
  recipe: Recipe,
  open: OpenPack,
  noise: NoiseSource,
): Promise<GuidingClip[]> {
  const prompts = promptsAt(recipe.text_prompts, 0)
  const copies = recipe.fuzzy_prompt ? fuzzyCopies : 1
  const weights = normaliseWeights(
    prompts.flatMap((prompt) => Array(copies).fill(parsePrompt(prompt).weight)),
  )
  const guiding: GuidingClip[] = []

  for (const clip of clipsOf(recipe, open.networks.clip)) {
    const rows: Float32Array[] = []

    for (const [part, prompt] of prompts.entries()) {
      const embedding = await embedText(promptText(prompt, recipe.behaviour), clip, open)

      for (let row = 0; row < copies; row++) {
        rows.push(
          recipe.fuzzy_prompt
            ? stray(
                embedding,
                noise.draws({ purpose: 'fuzzy', model: clip.name, part, row }).normal(clip.embed),
                recipe,
              )
            : embedding,
        )
      }
    }

    const targets = new Float32Array(rows.length * clip.embed)
    rows.forEach((row, p) => {
      targets.set(row, p * clip.embed)
    })
    guiding.push({ clip, targets, weights: Float32Array.from(weights) })
  }

  return guiding
}

/** Embedding [D] of a text by one CLIP, remembered. */
export async function embedText(text: string, clip: Clip, open: OpenPack): Promise<Float32Array> {
  const key = `${clip.name}\n${text}`
  const known = open.embeddings.get(key)

  if (known) return known

  const ids = tokenize(text, open.merges, open.mergeCount(clip))
  const room = clip.contextLength - 2

  if (ids.length > room) {
    throw new TeststripError(
      'invalid_input',
      `text_prompts: "${text}" takes ${ids.length} tokens, but ${clip.name} reads at most ${room}: shorten it.`,
      { parameter: 'text_prompts' },
    )
  }

  const embedding = await clip.encodeText(ids)
  open.embeddings.set(key, embedding)

  return embedding
}

/** A noisy copy, clamped to 0 .. 1 as in DD, which loses every negative component. */
function stray(embedding: Float32Array, normals: Float32Array, { rand_mag }: Recipe): Float32Array {
  return embedding.map((value, d) => {
    const moved = Math.fround(value + Math.fround(normals[d]! * Math.fround(rand_mag)))

    return Math.min(Math.max(moved, 0), 1)
  })
}

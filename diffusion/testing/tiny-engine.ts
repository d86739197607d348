import { completeRecipe, type Recipe, type RecipePatch } from '#study'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { createEngine, type RenderEvent, type RenderOptions, type RenderResult } from '../render/index.ts'
import { tinyPack } from './parity-case.ts'

/** A recipe of 64 × 64 pixels and a few cuts that the tiny pack renders in a blink. */
export const smallRecipe: RecipePatch = {
  text_prompts: { '0': ['a red boat on a calm sea:2', 'fog:-0.5'] },
  width_height: [64, 64],
  steps: 8,
  skip_steps: 1,
  cutn_batches: 1,
  cut_overview: '[2]*1000',
  cut_innercut: '[2]*1000',
  ViTB32: true,
  RN50: false,
  seed: 42,
}

export interface TinyEngine {
  pack: Pack
  recipeOf(patch?: RecipePatch): Recipe
  /** `smallRecipe` with a patch */
  render(
    patch?: RecipePatch,
    options?: RenderOptions,
    onEvent?: (event: RenderEvent) => void,
  ): Promise<RenderResult>
  release(): Promise<void>
}

/** The engine on the tiny pack of the parity data. */
export async function openTinyEngine(): Promise<TinyEngine> {
  const pack = await loadPack(tinyPack)
  const engine = createEngine({ device: 'cpu', threads: 1 })
  const recipeOf = (patch: RecipePatch = {}) => completeRecipe({ ...smallRecipe, ...patch }, packInfo(pack))

  return {
    pack,
    recipeOf,

    async render(patch, options = {}, onEvent) {
      const run = engine.render(recipeOf(patch), pack, { previewEvery: 0, ...options })

      for (;;) {
        const next = await run.next()

        if (next.done) return next.value

        onEvent?.(next.value)
      }
    },

    release: () => engine.release(),
  }
}

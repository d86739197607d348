import { TeststripError } from '../../errors.ts'
import { frameCount } from '../../key-frames/frames-of.ts'
import type { Recipe } from '../../parameters/catalogue.ts'
import { parsePrompt } from '../../prompts/parse-prompt.ts'
import { promptSets } from '../../prompts/prompt-sets.ts'
import type { Rule } from './rule.ts'

/** What start images and image prompts need. */
export const pictureRules: readonly Rule[] = [
  {
    parameter: 'init_scale',
    reads: ['init_scale', 'init_image', 'perlin_init'],
    check: ({ init_scale, init_image, perlin_init }, { pack }) =>
      init_scale > 0 && (init_image !== null || perlin_init) && !pack.lpips
        ? `init_scale must be 0: the pack "${pack.name}" has no LPIPS network to hold on to a start image, but is ${init_scale}.`
        : null,
  },
  {
    parameter: 'image_prompts',
    reads: ['image_prompts', 'fuzzy_prompt', 'behaviour', 'animation_mode', 'max_frames'],
    check: imagePromptsAreUsable,
  },
]

function imagePromptsAreUsable(recipe: Recipe): string | null {
  const prompts = promptSets(recipe.image_prompts, frameCount(recipe)).flatMap((set) => set.prompts)
  if (prompts.length > 0 && recipe.fuzzy_prompt && recipe.behaviour !== 'corrected')
    return 'image_prompts cannot be used with fuzzy_prompt: Disco Diffusion stops there, since it makes noisy copies of a picture but no weights for them (behaviour corrected makes both).'

  for (const prompt of prompts) {
    try {
      if (parsePrompt(prompt).text.trim() === '') return 'image_prompts: a line names no picture.'
    } catch (error) {
      if (error instanceof TeststripError) return `image_prompts: ${error.message}`
      throw error
    }
  }

  return null
}

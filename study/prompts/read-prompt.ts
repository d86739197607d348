import type { Recipe } from '../parameters/catalogue.ts'
import { parsePrompt, splitWeight, type WeightedPrompt } from './parse-prompt.ts'

/**
 * A text prompt as `behaviour` reads it: what CLIP is given, and its weight. Disco Diffusion leaves `:weight` in the
 * text, and stops where no number follows the colon (this throws); `corrected` takes the weight out of the text, and
 * a tail that is no number for words.
 */
export function readPrompt(prompt: string, behaviour: Recipe['behaviour']): WeightedPrompt {
  if (behaviour === 'corrected') return splitWeight(prompt) ?? { text: prompt, weight: 1 }

  return { text: prompt, weight: parsePrompt(prompt).weight }
}

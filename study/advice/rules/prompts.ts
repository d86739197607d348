import { promptsAt, smallestWeightSum, splitWeight } from '../../prompts/parse-prompt.ts'
import { readPrompt } from '../../prompts/read-prompt.ts'
import type { RecipeRule } from '../advice.ts'

/** Below this share of their total the weights of prompts all but cancel each other. */
const nearlyNothing = 0.2

const weightsOf = (lines: readonly string[]): number[] => lines.map((line) => splitWeight(line)?.weight ?? 1)

export const promptRules: readonly RecipeRule[] = [
  {
    id: 'weight-in-words',
    reads: ['behaviour', 'text_prompts'],
    say: ({ behaviour, text_prompts }) =>
      behaviour !== 'corrected' && promptsAt(text_prompts, 0).some(hasWeight)
        ? {
            says: 'Disco Diffusion also reads the ":weight" of a prompt as words; behaviour corrected leaves it out.',
            fix: { behaviour: 'corrected' },
          }
        : null,
  },
  {
    id: 'weights-cancel',
    reads: ['text_prompts', 'image_prompts'],
    say: ({ text_prompts, image_prompts }) => {
      const weights = weightsOf([...promptsAt(text_prompts, 0), ...promptsAt(image_prompts, 0)])
      const sum = Math.abs(weights.reduce((total, weight) => total + weight, 0))
      const total = weights.reduce((all, weight) => all + Math.abs(weight), 0)
      if (!(sum >= smallestWeightSum && sum < total * nearlyNothing)) return null

      return `The weights of the prompts nearly cancel: they add up to ${Number(sum.toPrecision(3))}, and since they are divided by that sum each pulls ${Math.round(total / sum)} times as hard as it seems.`
    },
  },
  {
    id: 'only-negative',
    reads: ['text_prompts', 'image_prompts'],
    say: ({ text_prompts, image_prompts }) => {
      const weights = weightsOf([...promptsAt(text_prompts, 0), ...promptsAt(image_prompts, 0)])

      return weights.length > 0 && weights.every((weight) => weight < 0)
        ? 'Every prompt has a negative weight, so the picture is only pushed away from things.'
        : null
    },
  },
  {
    id: 'image-prompts-as-disco',
    reads: ['behaviour', 'image_prompts'],
    say: ({ behaviour, image_prompts }) =>
      behaviour !== 'corrected' && promptsAt(image_prompts, 0).length > 0
        ? {
            says: 'Disco Diffusion shows image prompts to CLIP with the wrong brightness and contrast; behaviour corrected mends that.',
            fix: { behaviour: 'corrected' },
          }
        : null,
  },
]

const hasWeight = (prompt: string): boolean => {
  const parsed = splitWeight(prompt)

  return parsed !== null && readPrompt(prompt, 'corrected').text !== prompt
}

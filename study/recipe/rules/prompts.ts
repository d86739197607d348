import { TeststripError } from '../../errors.ts'
import { frameCount } from '../../key-frames/frames-of.ts'
import { clipNames, type Recipe } from '../../parameters/catalogue.ts'
import { show } from '../../parameters/check-value.ts'
import { promptsAt, smallestWeightSum, splitWeight } from '../../prompts/parse-prompt.ts'
import { promptSets } from '../../prompts/prompt-sets.ts'
import { readPrompt } from '../../prompts/read-prompt.ts'
import { countTokens } from '../../prompts/tokenize.ts'
import type { Rule, RuleContext } from './rule.ts'

/** Every prompt that comes into force can be read, weighed and held by the CLIPs. */
export const promptRules: readonly Rule[] = [
  {
    parameter: 'text_prompts',
    reads: ['text_prompts', 'image_prompts', 'behaviour', 'animation_mode', 'max_frames', ...clipNames],
    check(recipe, context) {
      const frames = frameCount(recipe)
      const sets = [recipe.text_prompts, recipe.image_prompts].flatMap((prompts) =>
        promptSets(prompts, frames),
      )
      for (const from of new Set(sets.map((set) => set.from))) {
        const texts = promptsAt(recipe.text_prompts, from)
        const pictures = promptsAt(recipe.image_prompts, from)
        const problem = unfitWeights(texts, pictures, recipe) ?? wontFit(texts, recipe, context)
        if (problem) return `text_prompts${from === 0 ? '' : ` from frame ${from}`}${problem}`
      }

      return null
    },
  },
]

/** What is wrong, as it goes on after the name of the parameter. A picture without a sound weight has a rule of its own. */
function unfitWeights(
  texts: readonly string[],
  pictures: readonly string[],
  { behaviour }: Recipe,
): string | null {
  if (texts.length + pictures.length === 0) return ' needs at least one prompt, but has none.'

  let sum = 0
  try {
    for (const text of texts) sum += readPrompt(text, behaviour).weight
  } catch (error) {
    if (error instanceof TeststripError) return `: ${error.message}`
    throw error
  }
  for (const picture of pictures) {
    const parsed = splitWeight(picture)
    if (!parsed) return null
    sum += parsed.weight
  }
  if (!Number.isFinite(sum)) return ': every weight must be a finite number.'
  if (Math.abs(sum) < smallestWeightSum)
    return `: the weights${pictures.length > 0 ? ' of texts and pictures' : ''} add up to ${Number(sum.toPrecision(6))}; their sum must not be nearer to 0 than ${smallestWeightSum}.`

  return null
}

function wontFit(texts: readonly string[], recipe: Recipe, context: RuleContext): string | null {
  const [first] = recipe.behaviour === 'corrected' ? [] : tooLong(texts, recipe, context)

  return first ? `: ${first}.` : null
}

/** What `corrected` leaves out of prompts that are too long, in sentences. */
export function shortenedPrompts(recipe: Recipe, context: RuleContext): string[] {
  if (recipe.behaviour !== 'corrected') return []

  const texts = promptSets(recipe.text_prompts, frameCount(recipe)).flatMap(({ prompts }) => prompts)

  return tooLong([...new Set(texts)], recipe, context).map(
    (what) => `text_prompts: ${what}; the rest is left out.`,
  )
}

function tooLong(texts: readonly string[], recipe: Recipe, { pack, merges }: RuleContext): string[] {
  if (!merges) return []

  const clips = pack.clip.filter(({ name }) => recipe[name as keyof Recipe])

  return clips.flatMap((clip) => {
    const room = clip.contextLength - 2

    return texts.flatMap((prompt) => {
      const tokens = countTokens(readPrompt(prompt, recipe.behaviour).text, merges, clip.merges)

      return tokens > room
        ? [
            `${show(prompt)} takes ${tokens} tokens, but ${clip.name} of the pack "${pack.name}" reads at most ${room}`,
          ]
        : []
    })
  })
}

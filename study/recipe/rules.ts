import { TeststripError } from '../errors.ts'
import type { PackInfo } from '../pack-info.ts'
import { isActive } from '../parameters/active.ts'
import { clipNames, type ParameterName, type Recipe } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { parameters } from '../parameters/parameter.ts'
import { parsePrompt, promptsAt, smallestWeightSum } from '../prompts/parse-prompt.ts'
import { countTokens, type Merges } from '../prompts/tokenize.ts'
import { parseSchedule, scheduleIndex } from '../schedule/parse-schedule.ts'
import { spacing } from '../schedule/spacing.ts'

export interface RuleContext {
  pack: PackInfo
  /** Without the merge table prompts are not measured against the context of the CLIPs. */
  merges?: Merges
}

/** A demand on several values of a recipe at once. */
export interface Rule {
  /** The parameter a form shows the problem at. */
  parameter: ParameterName
  /** All parameters that the rule looks at. */
  reads: readonly ParameterName[]
  /** One sentence, or null when all is well. */
  check(recipe: Recipe, context: RuleContext): string | null
}

const notYet: Rule[] = parameters
  .filter((parameter) => parameter.acts === 'not yet')
  .map((parameter) => ({
    parameter: parameter.name,
    reads: [parameter.name, ...(parameter.needs ? [parameter.needs.parameter as ParameterName] : [])],
    check: (recipe) => {
      const value = recipe[parameter.name]
      if (JSON.stringify(value) === JSON.stringify(parameter.default) || !isActive(parameter, recipe))
        return null

      return `${parameter.name} does not work yet in this version, so it must stay ${show(parameter.default)}, but is ${show(value)}.`
    },
  }))

/** Every demand that one value by itself cannot meet or break. */
export const rules: readonly Rule[] = [
  ...notYet,
  {
    parameter: 'skip_steps',
    reads: ['skip_steps', 'steps'],
    check: ({ skip_steps, steps }) =>
      skip_steps < steps
        ? null
        : `skip_steps must be smaller than steps, but skip_steps is ${skip_steps} and steps is ${steps}.`,
  },
  {
    parameter: 'use_secondary_model',
    reads: ['use_secondary_model'],
    check: ({ use_secondary_model }, { pack }) =>
      use_secondary_model && !pack.secondary
        ? `use_secondary_model must be false: the pack "${pack.name}" has no secondary model.`
        : null,
  },
  { parameter: 'ViTB32', reads: clipNames, check: clipsAreThere },
  { parameter: 'text_prompts', reads: ['text_prompts', 'behaviour', ...clipNames], check: promptsAreUsable },
  {
    parameter: 'cut_overview',
    reads: ['cut_overview', 'cut_innercut', 'steps', 'skip_steps', 'behaviour'],
    check: everyStepHasCuts,
  },
]

function clipsAreThere(recipe: Recipe, { pack }: RuleContext): string | null {
  const held = pack.clip.map((clip) => clip.name)
  const on = clipNames.filter((name) => recipe[name])
  const missing = on.filter((name) => !held.includes(name))
  if (missing.length > 0)
    return `${missing.join(', ')} cannot be switched on: the pack "${pack.name}" has ${held.join(', ') || 'no CLIP'}.`

  return on.length > 0 ? null : `No CLIP model is switched on; switch on at least one of ${held.join(', ')}.`
}

function promptsAreUsable(recipe: Recipe, { pack, merges }: RuleContext): string | null {
  const prompts = promptsAt(recipe.text_prompts, 0)
  if (prompts.length === 0) return 'text_prompts needs at least one prompt for frame 0, but has none.'

  let sum = 0
  for (const prompt of prompts) {
    try {
      sum += parsePrompt(prompt).weight
    } catch (error) {
      if (error instanceof TeststripError) return `text_prompts: ${error.message}`
      throw error
    }
  }
  if (!Number.isFinite(sum)) return 'text_prompts: every weight must be a finite number.'
  if (Math.abs(sum) < smallestWeightSum)
    return `text_prompts: the weights add up to ${Number(sum.toPrecision(6))}; their sum must not be nearer to 0 than ${smallestWeightSum}.`
  if (!merges) return null

  for (const clip of pack.clip) {
    if (!recipe[clip.name as keyof Recipe]) continue
    for (const prompt of prompts) {
      const text = promptText(prompt, recipe.behaviour)
      const tokens = countTokens(text, merges, clip.merges)
      const room = clip.contextLength - 2
      if (tokens > room)
        return `text_prompts: ${show(prompt)} takes ${tokens} tokens, but ${clip.name} of the pack "${pack.name}" reads at most ${room}.`
    }
  }

  return null
}

/** What CLIP is given to read: Disco Diffusion leaves `:weight` in the text, `corrected` does not. */
export function promptText(prompt: string, behaviour: Recipe['behaviour']): string {
  return behaviour === 'corrected' ? parsePrompt(prompt).text : prompt
}

function everyStepHasCuts(recipe: Recipe): string | null {
  if (recipe.behaviour === 'corrected') return null
  const overview = parseSchedule(recipe.cut_overview)
  const inner = parseSchedule(recipe.cut_innercut)
  if (!overview.ok || !inner.ok || recipe.steps < 2) return null
  if (Math.min(...overview.runs.map(([cuts]) => cuts)) > 0) return null
  if (Math.min(...inner.runs.map(([cuts]) => cuts)) > 0) return null

  const { taus } = spacing(recipe.steps)
  for (let i = recipe.steps - recipe.skip_steps - 1; i >= 0; i--) {
    const unit = scheduleIndex(taus[i]!)
    if (overview.values[unit]! + inner.values[unit]! < 1)
      return `cut_overview and cut_innercut are both 0 at unit ${unit} of the run; Disco Diffusion needs at least one cut at every step (behaviour corrected leaves such steps unguided).`
  }

  return null
}

import { frameCount, laterSkipSteps } from '../../key-frames/frames-of.ts'
import type { Recipe } from '../../parameters/catalogue.ts'
import { show } from '../../parameters/check-value.ts'
import { isEtaSafe, largestEta } from '../../schedule/largest-eta.ts'
import { parseSchedule, scheduleIndex } from '../../schedule/parse-schedule.ts'
import { spacing } from '../../schedule/spacing.ts'

import type { Rule } from './rule.ts'

/** Every run has steps, and every step something to look at. */
export const stepRules: readonly Rule[] = [
  {
    parameter: 'skip_steps',
    reads: ['skip_steps', 'steps'],
    check: ({ skip_steps, steps }) =>
      skip_steps < steps
        ? null
        : `skip_steps must be smaller than steps, but skip_steps is ${skip_steps} and steps is ${steps}.`,
  },
  {
    parameter: 'eta',
    reads: [
      'eta',
      'steps',
      'skip_steps',
      'behaviour',
      'diffusion_sampling_mode',
      'animation_mode',
      'max_frames',
      'frames_skip_steps',
    ],
    check: etaKeepsToNumbers,
  },
  {
    parameter: 'cut_ic_pow',
    reads: ['cut_ic_pow', 'behaviour'],
    check: ({ cut_ic_pow, behaviour }) => {
      const parsed = parseSchedule(cut_ic_pow)

      return behaviour === 'disco-5.2' && parsed.ok && parsed.runs.length > 1
        ? `cut_ic_pow ${show(cut_ic_pow)} changes during the run, but Disco Diffusion took one number until 5.4 and stops at anything else (behaviour disco-5.6 and corrected read schedules).`
        : null
    },
  },
  {
    parameter: 'cut_overview',
    reads: [
      'cut_overview',
      'cut_innercut',
      'steps',
      'skip_steps',
      'behaviour',
      'animation_mode',
      'max_frames',
      'frames_skip_steps',
    ],
    check: everyStepHasCuts,
  },
]

function everyStepHasCuts(recipe: Recipe): string | null {
  if (recipe.behaviour === 'corrected') return null
  const overview = parseSchedule(recipe.cut_overview)
  const inner = parseSchedule(recipe.cut_innercut)
  if (!overview.ok || !inner.ok || recipe.steps < 2) return null
  if (Math.min(...overview.runs.map(([cuts]) => cuts)) > 0) return null
  if (Math.min(...inner.runs.map(([cuts]) => cuts)) > 0) return null

  const { taus } = spacing(recipe.steps)
  for (let i = mostExecuted(recipe) - 1; i >= 0; i--) {
    const unit = scheduleIndex(taus[i]!)
    if (overview.values[unit]! + inner.values[unit]! < 1)
      return `cut_overview and cut_innercut are both 0 at unit ${unit} of the run; Disco Diffusion needs at least one cut at every step (behaviour corrected leaves such steps unguided).`
  }

  return null
}

/** Steps of the longest sampler run. */
function mostExecuted(recipe: Recipe): number {
  const later = frameCount(recipe) > 1 ? laterSkipSteps(recipe) : recipe.steps

  return recipe.steps - Math.min(recipe.skip_steps, later)
}

function etaKeepsToNumbers(recipe: Recipe): string | null {
  const { eta, steps, behaviour, diffusion_sampling_mode } = recipe
  const executed = mostExecuted(recipe)
  if (behaviour === 'corrected' || diffusion_sampling_mode !== 'ddim' || isEtaSafe(eta, steps, executed))
    return null

  return `eta ${eta} is too large: above about ${largestEta(steps, executed).toFixed(2)} a run of ${steps} steps takes the root of a negative number in Disco Diffusion and loses the picture (behaviour corrected limits it).`
}

import type { Recipe } from '../../parameters/catalogue.ts'
import { parseSchedule, scheduleIndex, scheduleToText, scheduleUnits } from '../../schedule/parse-schedule.ts'
import { spacing } from '../../schedule/spacing.ts'
import type { RecipeRule } from '../advice.ts'

const scheduleNames = ['cut_overview', 'cut_innercut', 'cut_ic_pow', 'cut_icgray_p'] as const
/** The part of a run in which composition settles. */
const beginning = 400

const valuesOf = (text: string): Float64Array => {
  const parsed = parseSchedule(text)

  return parsed.ok ? parsed.values : new Float64Array(scheduleUnits)
}
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const cutRules: readonly RecipeRule[] = [
  ...scheduleNames.map(
    (name): RecipeRule => ({
      id: `schedule-too-long-${name}`,
      reads: [name],
      say: (recipe) => {
        const parsed = parseSchedule(recipe[name])
        if (!parsed.ok || parsed.total <= scheduleUnits) return null

        return {
          says: `${name} goes on for ${parsed.total} units; a run has ${scheduleUnits}, and the rest is never reached.`,
          fix: { [name]: scheduleToText(parsed.runs) },
        }
      },
    }),
  ),
  {
    id: 'scattered-subject',
    reads: ['cut_overview', 'cut_innercut'],
    everywhere: true,
    say: ({ cut_overview, cut_innercut }) => {
      const overview = mean(valuesOf(cut_overview).subarray(0, beginning))
      const inner = mean(valuesOf(cut_innercut).subarray(0, beginning))

      return inner > 3 * Math.max(1, overview)
        ? 'Many inner cuts at the start scatter the subject across the picture; the guide begins with overview cuts and turns to inner ones later.'
        : null
    },
  },
  {
    id: 'no-inner-cuts',
    reads: ['cut_innercut', 'cut_ic_pow', 'cut_icgray_p'],
    everywhere: true,
    say: ({ cut_innercut }) =>
      valuesOf(cut_innercut).every((value) => value === 0)
        ? 'cut_innercut is 0 throughout, so cut_ic_pow and cut_icgray_p have nothing to act on.'
        : null,
  },
  {
    id: 'unguided-steps',
    reads: ['cut_overview', 'cut_innercut', 'steps', 'skip_steps'],
    everywhere: true,
    say: (recipe) => {
      const { blind, executed } = blindSteps(recipe)

      return blind > 0
        ? `${blind} of ${executed} steps have no cuts to show CLIP, so nothing guides them.`
        : null
    },
  },
]

/** Steps whose schedules hold neither overview nor inner cuts (only `corrected` allows them). */
function blindSteps(recipe: Recipe): { blind: number; executed: number } {
  const executed = recipe.steps - recipe.skip_steps
  if (recipe.behaviour !== 'corrected' || executed < 1) return { blind: 0, executed }
  const overview = valuesOf(recipe.cut_overview)
  const inner = valuesOf(recipe.cut_innercut)
  const units = [...spacing(recipe.steps).taus.subarray(0, executed)].map(scheduleIndex)

  return { blind: units.filter((unit) => overview[unit]! + inner[unit]! < 1).length, executed }
}

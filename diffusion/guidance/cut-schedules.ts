import { parseSchedule, type Recipe, scheduleIndex, TeststripError } from '#study'
import type { CutSettings } from '../cutouts/index.ts'

type Schedules = Pick<Recipe, 'cut_overview' | 'cut_innercut' | 'cut_ic_pow' | 'cut_icgray_p' | 'behaviour'>

/** The cuts in force at a model time: the four schedules, read at 1000 - (int(tau) + 1). */
export function cutSchedules(recipe: Schedules): (tau: number) => CutSettings {
  const overview = valuesOf(recipe, 'cut_overview')
  const inner = valuesOf(recipe, 'cut_innercut')
  const power = valuesOf(recipe, 'cut_ic_pow')
  const grayShare = valuesOf(recipe, 'cut_icgray_p')
  const grayRule = recipe.behaviour === 'corrected' ? 'exact' : 'disco'

  return (tau) => {
    const at = scheduleIndex(tau)

    return {
      overview: overview[at]!,
      inner: inner[at]!,
      power: power[at]!,
      grayShare: grayShare[at]!,
      grayRule,
    }
  }
}

function valuesOf(recipe: Schedules, name: Exclude<keyof Schedules, 'behaviour'>): Float64Array {
  const parsed = parseSchedule(recipe[name])

  if (!parsed.ok) {
    throw new TeststripError('invalid_input', `${name} "${recipe[name]}": ${parsed.problem.message}`, {
      parameter: name,
    })
  }

  return parsed.values
}

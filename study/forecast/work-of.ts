import { frameCount, laterSkipSteps } from '../key-frames/frames-of.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'
import { parseSchedule, scheduleIndex } from '../schedule/parse-schedule.ts'
import { spacing } from '../schedule/spacing.ts'

/** What a render has to compute, counted. */
export interface Work {
  /** Sampler steps that are executed. */
  steps: number
  /** How often the denoiser looks: PLMS does once more in the first step of every run. */
  looks: number
  /** Cuts that go through a CLIP, summed over steps, cut batches and models. */
  cuts: number
  /** Most cuts of one set. */
  mostCuts: number
}

/** Sampler runs of a recipe: how many steps each executes, and how often there is such a run. */
function runsOf(recipe: Recipe): [length: number, times: number][] {
  const { steps, skip_steps, n_batches, animation_mode } = recipe
  const first = Math.max(0, steps - skip_steps)

  if (animation_mode === 'None') return [[first, n_batches]]

  const later = frameCount(recipe) - 1

  return later === 0
    ? [[first, 1]]
    : [
        [first, 1],
        [steps - laterSkipSteps(recipe), later],
      ]
}

const remembered = 5000
const seen = new Map<string, Work>()

/** Counts the work of a recipe; remembers recent answers, since cells of a study share them. */
export function workOf(recipe: Recipe): Work {
  const { steps, cutn_batches, cut_overview, cut_innercut, diffusion_sampling_mode } = recipe
  const looksAhead = diffusion_sampling_mode === 'plms'
  const runs = runsOf(recipe)
  const models = clipNames.filter((name) => recipe[name]).length
  const key = [steps, runs.flat(), looksAhead, cutn_batches, models, cut_overview, cut_innercut].join(' ')
  const known = seen.get(key)
  if (known) return known

  const overview = parseSchedule(cut_overview)
  const inner = parseSchedule(cut_innercut)
  const executed = runs.reduce((sum, [length, times]) => sum + length * times, 0)
  const more = looksAhead ? runs.reduce((sum, [, times]) => sum + times, 0) : 0
  const work: Work = { steps: executed, looks: executed + more, cuts: 0, mostCuts: 0 }
  if (overview.ok && inner.ok && steps >= 2) {
    const { taus } = spacing(steps)
    for (let i = Math.max(...runs.map(([length]) => length)) - 1; i >= 0; i--) {
      const unit = scheduleIndex(taus[i]!)
      const cuts = overview.values[unit]! + inner.values[unit]!
      const isAhead = (length: number) => looksAhead && i === Math.max(length - 2, 0)
      const times = runs.reduce(
        (sum, [length, times]) => sum + (i < length ? times * (isAhead(length) ? 2 : 1) : 0),
        0,
      )
      work.cuts += times * cuts * cutn_batches * models
      work.mostCuts = Math.max(work.mostCuts, cuts)
    }
  }
  if (seen.size >= remembered) seen.clear()
  seen.set(key, work)

  return work
}

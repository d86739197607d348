import { type Recipe, scheduleIndex, spacing } from '#study'

/** The units of a schedule that the steps of a recipe look at, from noise to picture. */
export function executedUnits({ steps, skip_steps }: Pick<Recipe, 'steps' | 'skip_steps'>): number[] {
  if (steps < 2 || skip_steps >= steps) return []
  const { taus } = spacing(steps)

  return [...taus.subarray(0, steps - skip_steps)].reverse().map(scheduleIndex)
}

import { type Run, scheduleUnits } from '#study'

/** Boundaries and values of a schedule, moved by hand. Every answer covers the 1000 units of a run again. */

/** The unit at which each run begins. */
export const beginnings = (runs: readonly Run[]): number[] =>
  runs.map((_, index) => runs.slice(0, index).reduce((sum, [, units]) => sum + units, 0))

/** Moves the beginning of run `index`, at most up to its neighbours. */
export function withBoundary(runs: readonly Run[], index: number, unit: number): Run[] {
  const from = beginnings(runs)
  const first = from[index - 1]! + 1
  const last = (from[index + 1] ?? scheduleUnits) - 1
  const at = Math.min(last, Math.max(first, Math.round(unit)))
  const end = from[index + 1] ?? scheduleUnits

  return runs.map(([value, units], each): Run => {
    if (each === index - 1) return [value, at - from[each]!]
    if (each === index) return [value, end - at]

    return [value, units]
  })
}

export const withValue = (runs: readonly Run[], index: number, value: number): Run[] =>
  runs.map((run, each): Run => (each === index ? [value, run[1]] : run))

/** Cuts a run in the middle; its second half goes on with another value, or the two would be one. */
export function split(runs: readonly Run[], index: number, value: number): Run[] {
  const [before, units] = runs[index]!
  const half = Math.floor(units / 2)
  if (half === 0) return [...runs]

  return [...runs.slice(0, index), [before, half], [value, units - half], ...runs.slice(index + 1)]
}

/** Takes a run out; the one before it (or after the first) goes on in its place. */
export function joined(runs: readonly Run[], index: number): Run[] {
  if (runs.length < 2) return [...runs]
  const heir = index === 0 ? 1 : index - 1
  const units = runs[index]![1]

  return runs
    .map((run, each): Run => (each === heir ? [run[0], run[1] + units] : run))
    .filter((_, each) => each !== index)
}

/** The next value up or down: whole for cuts, else in steps of a 20th of the range. */
export function nudged(
  value: number,
  by: 1 | -1,
  scale: { whole: boolean; min: number; max: number },
): number {
  const step = scale.whole ? 1 : (scale.max - scale.min) / 20
  const next = Math.round((value + by * step) * 1e6) / 1e6

  return Math.min(scale.max, Math.max(scale.min, next))
}

/** How many of the executed steps fall on every run. */
export function stepsOfRuns(runs: readonly Run[], units: readonly number[]): number[] {
  const from = beginnings(runs)

  return runs.map(
    ([, length], index) =>
      units.filter((unit) => unit >= from[index]! && unit < from[index]! + length).length,
  )
}

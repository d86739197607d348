/** One axis of a study, as effects see it. */
export interface EffectAxis {
  name: string
  labels: readonly string[]
  /** Its points are chance and nothing else: replicates of the same settings. */
  isSeed: boolean
}

/** One measure of every cell, the first axis slowest; NaN where a cell has none (not done, left out, failed). */
export interface Observations {
  axes: readonly EffectAxis[]
  values: ArrayLike<number>
}

export const cellsIn = (axes: readonly EffectAxis[]): number =>
  axes.reduce((all, { labels }) => all * labels.length, 1)

/** How far apart neighbours of an axis lie in `values`. */
export const strideOf = (axes: readonly EffectAxis[], axis: number): number => cellsIn(axes.slice(axis + 1))

/** The point on an axis of the cell at a place. */
export const pointAt = (axes: readonly EffectAxis[], axis: number, seq: number): number =>
  Math.floor(seq / strideOf(axes, axis)) % axes[axis]!.labels.length

/** −1 without one. */
export const seedAxisOf = (axes: readonly EffectAxis[]): number => axes.findIndex(({ isSeed }) => isSeed)

/** Mean and standard deviation (of a sample, n − 1) of what is a number; null without any. */
export function meanOf(values: Iterable<number>): { mean: number; deviation: number; count: number } | null {
  let [count, mean, squares] = [0, 0, 0]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    count++
    const off = value - mean
    mean += off / count
    squares += off * (value - mean)
  }

  return count === 0 ? null : { mean, deviation: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, count }
}

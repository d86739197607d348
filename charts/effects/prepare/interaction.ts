import { typical } from './main-effect.ts'
import { cellsIn, meanOf, type Observations, pointAt } from './observations.ts'

export interface InteractionCell {
  mean: number | null
  /** What is left of the mean when both axes' own effects are taken away: their interaction. */
  beyond: number | null
  seqs: number[]
}

/** Means over every pair of points of two axes, rows by columns, everything else averaged out. */
export function interaction(
  { axes, values }: Observations,
  { column, row }: { column: number; row: number },
): InteractionCell[][] {
  const seqs: number[][][] = axes[row]!.labels.map(() => axes[column]!.labels.map(() => []))
  for (let seq = 0; seq < cellsIn(axes); seq++)
    if (!Number.isNaN(values[seq]!)) seqs[pointAt(axes, row, seq)]![pointAt(axes, column, seq)]!.push(seq)

  const means = seqs.map((line) =>
    line.map((cell) => meanOf(cell.map((seq) => values[seq]!))?.mean ?? Number.NaN),
  )
  const rowMeans = means.map((line) => meanOf(line)?.mean ?? Number.NaN)
  const columnMeans = axes[column]!.labels.map(
    (_, c) => meanOf(means.map((line) => line[c]!))?.mean ?? Number.NaN,
  )
  const whole = meanOf(means.flat())?.mean ?? Number.NaN

  return means.map((line, r) =>
    line.map((mean, c) => {
      const here = seqs[r]![c]!
      if (here.length === 0) return { mean: null, beyond: null, seqs: [] }

      return {
        mean,
        beyond: mean - rowMeans[r]! - columnMeans[c]! + whole,
        seqs: typical(here, values, mean),
      }
    }),
  )
}

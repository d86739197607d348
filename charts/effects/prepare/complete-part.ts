import { cellsIn, type Observations, pointAt } from './observations.ts'

/** The points of each axis that are kept, by index; their cells all have a value. */
export interface CompletePart {
  kept: number[][]
  values: Float64Array
  /** Points left out so that no cell is missing: `[axis, point]`. */
  dropped: [axis: number, point: number][]
}

/**
 * The part of a grid in which no value is missing, since an analysis of variance takes nothing less: as long as one is,
 * the point with the largest share of missing values goes. Null when nothing remains.
 */
export function completePart({ axes, values }: Observations): CompletePart | null {
  const kept = axes.map(({ labels }) => labels.map((_, point) => point))
  const dropped: [number, number][] = []
  let seqs = Array.from({ length: cellsIn(axes) }, (_, seq) => seq)

  while (seqs.length > 0) {
    const missing = seqs.filter((seq) => Number.isNaN(values[seq]!))
    if (missing.length === 0) return { kept, values: Float64Array.from(seqs, (seq) => values[seq]!), dropped }

    const [axis, point] = worstPoint({ axes, kept, missing, cells: seqs.length })
    dropped.push([axis, point])
    kept[axis] = kept[axis]!.filter((each) => each !== point)
    seqs = seqs.filter((seq) => pointAt(axes, axis, seq) !== point)
  }

  return null
}

/** Of equally bad ones that on the longest axis: it leaves the most behind. */
function worstPoint(options: {
  axes: Observations['axes']
  kept: readonly (readonly number[])[]
  missing: readonly number[]
  cells: number
}): [axis: number, point: number] {
  const { axes, kept, missing, cells } = options
  let worst: [number, number] = [0, kept[0]![0]!]
  let most = 0
  for (const [axis, points] of kept.entries()) {
    const counts = new Map<number, number>()
    for (const seq of missing) {
      const point = pointAt(axes, axis, seq)
      counts.set(point, (counts.get(point) ?? 0) + 1)
    }
    for (const [point, count] of counts) {
      const share = count / (cells / points.length) + points.length * 1e-9
      if (share > most) [most, worst] = [share, [axis, point]]
    }
  }

  return worst
}

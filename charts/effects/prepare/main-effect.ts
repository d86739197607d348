import { cellsIn, meanOf, type Observations, pointAt, seedAxisOf } from './observations.ts'

export interface EffectPoint {
  label: string
  /** Mean over all cells at this point; null without any. */
  mean: number | null
  /** Mean ± one standard deviation between seeds; null without at least two seeds. */
  band: [low: number, high: number] | null
  /** Cells that were averaged. */
  count: number
  /** The cell nearest to the mean, and a few spread over the others: what this point looks like. */
  seqs: number[]
}

const mostShown = 6

/** How a measure moves along one axis, everything else averaged out. */
export function mainEffect({ axes, values }: Observations, axis: number): EffectPoint[] {
  const seeds = seedAxisOf(axes)
  const seqsAt: number[][] = axes[axis]!.labels.map(() => [])
  for (let seq = 0; seq < cellsIn(axes); seq++)
    if (!Number.isNaN(values[seq]!)) seqsAt[pointAt(axes, axis, seq)]!.push(seq)

  return axes[axis]!.labels.map((label, point) => {
    const seqs = seqsAt[point]!
    const all = meanOf(seqs.map((seq) => values[seq]!))
    if (!all) return { label, mean: null, band: null, count: 0, seqs: [] }

    const bySeed = seeds < 0 || seeds === axis ? [] : groupsOf(seqs, (seq) => pointAt(axes, seeds, seq))
    const between =
      bySeed.length > 1 ? meanOf(bySeed.map((group) => meanOf(group.map((seq) => values[seq]!))!.mean)) : null

    return {
      label,
      mean: all.mean,
      band: between ? [all.mean - between.deviation, all.mean + between.deviation] : null,
      count: all.count,
      seqs: typical(seqs, values, all.mean),
    }
  })
}

/** The cell nearest to a mean first, then others evenly spread. */
export function typical(seqs: readonly number[], values: ArrayLike<number>, mean: number): number[] {
  const off = (seq: number) => Math.abs(values[seq]! - mean)
  const nearest = seqs.reduce((best, seq) => (off(seq) < off(best) ? seq : best), seqs[0]!)
  const others = seqs.filter((seq) => seq !== nearest)
  const step = Math.max(1, others.length / (mostShown - 1))
  const spread = Array.from(
    { length: Math.min(others.length, mostShown - 1) },
    (_, k) => others[Math.floor(k * step)]!,
  )

  return [nearest, ...spread]
}

function groupsOf(seqs: readonly number[], keyOf: (seq: number) => number): number[][] {
  const groups = new Map<number, number[]>()
  for (const seq of seqs) {
    const group = groups.get(keyOf(seq)) ?? []
    group.push(seq)
    groups.set(keyOf(seq), group)
  }

  return [...groups.values()]
}

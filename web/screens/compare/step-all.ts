import { coordsOf, type Plan, seqOf } from '#study'
import type { CompareState } from './compare-url.ts'

type Cells = Pick<CompareState, 'seqs' | 'reference'>

/** The same comparison one point further along an axis, unless a cell would fall off it or takes of one are compared. */
export function stepAll(plan: Plan, { seqs, reference }: Cells, axis: number, by: number): Cells | null {
  const move = (seq: number): number | null => {
    if (seq >= plan.size) return null
    const coords = coordsOf(plan, seq)
    const point = coords[axis]! + by
    return point in plan.axes[axis]!.points ? seqOf(plan, coords.with(axis, point)) : null
  }
  const moved = seqs.map(move)

  return moved.includes(null) ? null : { seqs: moved as number[], reference: move(reference)! }
}

/** A picture one place earlier or later. */
export function shifted(seqs: readonly number[], seq: number, by: 1 | -1): number[] {
  const from = seqs.indexOf(seq)
  const to = from + by

  return from < 0 || !(to in seqs) ? [...seqs] : seqs.toSpliced(from, 1).toSpliced(to, 0, seq)
}

/** A picture to the place of another. */
export const putAt = (seqs: readonly number[], seq: number, place: number): number[] =>
  seqs.filter((each) => each !== seq).toSpliced(seqs.indexOf(place), 0, seq)

/** The comparison without a picture; the first of the rest becomes the reference where it was taken out. */
export function without({ seqs, reference }: Cells, seq: number): Cells {
  const rest = seqs.filter((each) => each !== seq)

  return { seqs: rest, reference: rest.includes(reference) ? reference : rest[0]! }
}

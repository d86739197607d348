import { coordsOf, type Plan } from '#study'
import type { SheetGrid } from '../../state/sheet.ts'
import { mostPicked } from '../../state/view-url.ts'

/**
 * What *Compare* compares: the cells someone picked; else, around the selected (or first) cell, all its seeds when
 * there is a seed axis; else its row, or its column where the row has only one cell.
 */
export function compareSeqs(options: {
  plan: Plan
  sheet: SheetGrid
  picked: readonly number[]
  selected: number | null
}): number[] {
  const { plan, sheet, picked } = options
  if (picked.length >= 2) return picked.slice(0, mostPicked)
  const around = options.selected ?? picked[0] ?? sheet.cell(0, 0)

  const seeds = alongAxis(
    plan,
    around,
    plan.axes.findIndex((axis) => axis.parameters.includes('seed')),
  )
  if (seeds.length >= 2) return nearest(seeds, around)
  const at = sheet.placeOf(around) ?? { column: 0, row: 0 }
  const row = Array.from({ length: sheet.columnCount }, (_, column) => sheet.cell(at.row, column))
  const column = Array.from({ length: sheet.rowCount }, (_, index) => sheet.cell(index, at.column))

  return nearest(
    (row.length >= 2 ? row : column).filter((seq) => seq >= 0),
    around,
  )
}

/** The cells that differ from one only by their point on an axis, in the axis' order; none for axis −1. */
export function alongAxis(plan: Plan, seq: number, axis: number): number[] {
  const points = plan.axes[axis]?.points
  if (!points) return []
  const stride = plan.axes.slice(axis + 1).reduce((product, each) => product * each.points.length, 1)
  const first = seq - coordsOf(plan, seq)[axis]! * stride

  return points.map((_, point) => first + point * stride)
}

/** As many as are compared at most, those around `seq`. */
export function nearest(seqs: number[], seq: number): number[] {
  if (seqs.length <= mostPicked) return seqs
  const start = Math.min(
    Math.max(0, seqs.indexOf(seq) - Math.floor(mostPicked / 2)),
    seqs.length - mostPicked,
  )

  return seqs.slice(start, start + mostPicked)
}

import { type Grid, gridOf, type Header, type Plan, type View } from '#study'
import type { DocumentCell, HeaderBand, SheetBlock } from '../sheet-document.ts'
import { curvesOf } from './curves-of.ts'

/** The tables of a view: one per combination of pages and groups, pages outermost. */
export function blocksOf(
  plan: Plan,
  view: View,
  { cellAt, strips }: { cellAt: (seq: number) => DocumentCell; strips: boolean },
): SheetBlock[] {
  const outer = [...(view.pages ?? []), ...(view.groups ?? [])]

  const perPage = (view.groups ?? []).reduce((product, axis) => product * plan.axes[axis]!.points.length, 1)

  return combinations(outer.map((axis) => plan.axes[axis]!.points.length)).map((points, i) => {
    const fixed = Object.fromEntries(outer.map((axis, i) => [axis, points[i]!]))
    const grid = gridOf(plan, view, fixed)

    return {
      page: Math.floor(i / perPage),
      heading: outer.map((axis, i) => ({
        name: plan.axes[axis]!.name,
        label: plan.axes[axis]!.points[points[i]!]!.label,
      })),
      columnBands: bandsOf(plan, view.columns, grid.columns, strips),
      rowBands: bandsOf(plan, view.rows, grid.rows, strips),
      cells: cellsOf(grid, cellAt),
    }
  })
}

function cellsOf(grid: Grid, cellAt: (seq: number) => DocumentCell): DocumentCell[][] {
  return grid.rows.map((_, r) => grid.columns.map((_, c) => cellAt(grid.cell(r, c))))
}

/** One band per axis; neighbours under the same points of this and all outer axes share a label. */
function bandsOf(
  plan: Plan,
  axes: readonly number[],
  headers: readonly Header[],
  strips: boolean,
): HeaderBand[] {
  return axes.map((axis, level) => {
    const inner = axes.slice(level + 1).reduce((product, i) => product * plan.axes[i]!.points.length, 1)
    const count = headers.length / inner
    const { name, points } = plan.axes[axis]!
    const curves = strips ? curvesOf(plan.axes[axis]!) : null

    return {
      name,
      labels: Array.from({ length: count }, (_, i) => ({
        text: headers[i * inner]!.labels[level]!,
        from: i * inner,
        span: inner,
        ...(curves && { curve: curves[i % points.length]! }),
      })),
    }
  })
}

function combinations(lengths: number[]): number[][] {
  return lengths.reduce<number[][]>(
    (lists, length) => lists.flatMap((list) => Array.from({ length }, (_, i) => [...list, i])),
    [[]],
  )
}

import { type Grid, gridOf, type Header, type Plan, type View } from '#study'
import type { DocumentCell, HeaderBand, SheetBlock } from '../sheet-document.ts'

/** The tables of a view: one per combination of pages and groups, pages outermost. */
export function blocksOf(plan: Plan, view: View, cellAt: (seq: number) => DocumentCell): SheetBlock[] {
  const outer = [...(view.pages ?? []), ...(view.groups ?? [])]

  return combinations(outer.map((axis) => plan.axes[axis]!.points.length)).map((points) => {
    const fixed = Object.fromEntries(outer.map((axis, i) => [axis, points[i]!]))
    const grid = gridOf(plan, view, fixed)

    return {
      heading: outer.map((axis, i) => ({
        name: plan.axes[axis]!.name,
        label: plan.axes[axis]!.points[points[i]!]!.label,
      })),
      columnBands: bandsOf(plan, view.columns, grid.columns),
      rowBands: bandsOf(plan, view.rows, grid.rows),
      cells: cellsOf(grid, cellAt),
    }
  })
}

function cellsOf(grid: Grid, cellAt: (seq: number) => DocumentCell): DocumentCell[][] {
  return grid.rows.map((_, r) => grid.columns.map((_, c) => cellAt(grid.cell(r, c))))
}

/** One band per axis; neighbours under the same points of this and all outer axes share a label. */
function bandsOf(plan: Plan, axes: readonly number[], headers: readonly Header[]): HeaderBand[] {
  return axes.map((axis, level) => {
    const inner = axes.slice(level + 1).reduce((product, i) => product * plan.axes[i]!.points.length, 1)
    const count = headers.length / inner

    return {
      name: plan.axes[axis]!.name,
      labels: Array.from({ length: count }, (_, i) => ({
        text: headers[i * inner]!.labels[level]!,
        from: i * inner,
        span: inner,
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

import type { View } from '../file/study-file.ts'
import { seqOf } from './cell-at.ts'
import type { Plan } from './plan.ts'

/** Head of a column or row: one label per axis shown there, outermost first. */
export interface Header {
  labels: string[]
  /** `[axis, point]` */
  coords: [number, number][]
}

export interface Grid {
  columns: Header[]
  rows: Header[]
  /** Place in the plan of the cell at row `r` and column `c`. */
  cell(r: number, c: number): number
}

/** First axis across, second down; further ones nest around them, so that no cell is hidden. */
export function defaultView(plan: Pick<Plan, 'axes'>): View {
  const view: View = { columns: [], rows: [] }
  for (const axis of plan.axes.keys()) {
    const across = axis === 0 || (axis > 2 && axis % 2 === 1)
    const side = across ? view.columns : view.rows
    side.unshift(axis)
  }

  return view
}

/** The table of a view. Axes shown neither across nor down stand at `fixed[axis]`, else at their slider, else at their first point. */
export function gridOf(plan: Pick<Plan, 'axes'>, view: View, fixed: Record<number, number> = {}): Grid {
  const columns = headers(plan, view.columns)
  const rows = headers(plan, view.rows)
  const sliders = new Map(view.slider?.map(({ axis, point }) => [axis, point]))
  const start = plan.axes.map((axis, i) => Math.min(fixed[i] ?? sliders.get(i) ?? 0, axis.points.length - 1))

  return {
    columns,
    rows,
    cell: (r, c) => {
      const coords = [...start]
      for (const [axis, point] of [...columns[c]!.coords, ...rows[r]!.coords]) coords[axis] = point

      return seqOf(plan, coords)
    },
  }
}

function headers(plan: Pick<Plan, 'axes'>, axes: readonly number[]): Header[] {
  let list: Header[] = [{ labels: [], coords: [] }]
  for (const axis of axes)
    list = list.flatMap((header) =>
      plan.axes[axis]!.points.map((point, i) => ({
        labels: [...header.labels, point.label],
        coords: [...header.coords, [axis, i] as [number, number]],
      })),
    )

  return list
}

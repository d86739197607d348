import type { Places } from './view-url.ts'

/** One value in a header. */
export interface Label {
  axis: number
  point: number
  text: string
}

/** The values along one side of a table, first axis outermost; nothing is written out before it is asked for. */
export interface Side {
  length: number
  /** What each place adds to the `seq` of a cell. */
  offsets: Int32Array
  /** One label per axis at a place, outermost first. */
  labels(index: number): Label[]
  /** The axes along this side, with how many places one value of each spans. */
  axes: { axis: number; span: number }[]
}

/** All that a sheet is made of, as plain values: what is sent makes the same sheet elsewhere, but for its labels. */
export interface SheetSource {
  /** Points of each axis. */
  lengths: readonly number[]
  places: Places
  options: SheetOptions
}

/** Which points stand for axes on pages and sliders, which are hidden, and how many groups lie in a line. */
export interface SheetOptions {
  at?: Record<number, number>
  hidden?: Record<number, readonly number[]>
  across?: number
}

/** What a sheet needs to know of axes. */
interface Labelled {
  axes: readonly { points: readonly { label: string }[] }[]
}

/**
 * Which cell lies where. With groups there is a table per combination of their values, laid `across` in a line and as
 * many lines down as it takes; columns and rows count through all of them, gaps aside.
 */
export interface SheetGrid {
  source: SheetSource
  columns: Side
  rows: Side
  groups: Side
  across: number
  down: number
  columnCount: number
  rowCount: number
  /** The cell at a place, or −1 where a last line of groups is not full. */
  cell(row: number, column: number): number
  /** Where a cell lies, or null when it is hidden or on another page. */
  placeOf(seq: number): { column: number; row: number } | null
}

/** The table of a view; axes on pages and sliders stand at `at`, else at their first point shown. */
export function sheetOf(plan: Labelled, places: Places, options: SheetOptions = {}): SheetGrid {
  const shown = plan.axes.map((axis, index) => pointsShown(axis.points.length, options.hidden?.[index]))
  const strides = stridesOf(plan)
  const side = (axes: readonly number[]): Side => sideOf(plan, axes, shown, strides)
  const columns = side(places.columns)
  const rows = side(places.rows)
  const groups = side(places.groups)
  const fixed = [...places.pages, ...places.slider].map((axis) => {
    const wanted = options.at?.[axis] ?? 0
    return { axis, point: shown[axis]!.includes(wanted) ? wanted : shown[axis]![0]! }
  })
  const start = fixed.reduce((sum, { axis, point }) => sum + point * strides[axis]!, 0)
  const across = Math.min(groups.length, options.across ?? groups.length)
  const down = Math.ceil(groups.length / across)

  return {
    source: { lengths: plan.axes.map(({ points }) => points.length), places, options },
    columns,
    rows,
    groups,
    across,
    down,
    columnCount: columns.length * across,
    rowCount: rows.length * down,
    cell: (row, column) => {
      const group = Math.floor(row / rows.length) * across + Math.floor(column / columns.length)
      if (group >= groups.length) return -1

      return (
        start +
        groups.offsets[group]! +
        rows.offsets[row % rows.length]! +
        columns.offsets[column % columns.length]!
      )
    },
    placeOf: (seq) => {
      const point = (axis: number) => Math.floor(seq / strides[axis]!) % plan.axes[axis]!.points.length
      if (fixed.some((each) => point(each.axis) !== each.point)) return null
      const along = (axes: readonly number[]) =>
        axes.reduce((index, axis) => {
          const at = shown[axis]!.indexOf(point(axis))
          return index < 0 || at < 0 ? -1 : index * shown[axis]!.length + at
        }, 0)
      const [column, row, group] = [along(places.columns), along(places.rows), along(places.groups)]
      if (column < 0 || row < 0 || group < 0) return null

      return {
        column: column + (group % across) * columns.length,
        row: row + Math.floor(group / across) * rows.length,
      }
    },
  }
}

/** The same sheet again, without labels. */
export const sheetFrom = ({ lengths, places, options }: SheetSource): SheetGrid =>
  sheetOf(
    { axes: lengths.map((length) => ({ points: Array.from({ length }, () => ({ label: '' })) })) },
    places,
    options,
  )

/** The points of an axis that are not hidden; all of them rather than none. */
export function pointsShown(length: number, hidden: readonly number[] = []): number[] {
  const without = new Set(hidden)
  const left = Array.from({ length }, (_, point) => point).filter((point) => !without.has(point))

  return left.length > 0 ? left : Array.from({ length }, (_, point) => point)
}

function stridesOf(plan: Labelled): number[] {
  const strides = new Array<number>(plan.axes.length)
  let stride = 1
  for (let axis = plan.axes.length - 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= plan.axes[axis]!.points.length
  }

  return strides
}

function sideOf(
  plan: Labelled,
  axes: readonly number[],
  shown: readonly number[][],
  strides: readonly number[],
): Side {
  const spans = axes.map((_, level) =>
    axes.slice(level + 1).reduce((product, axis) => product * shown[axis]!.length, 1),
  )
  const length = axes.reduce((product, axis) => product * shown[axis]!.length, 1)
  const pointAt = (index: number, level: number): number => {
    const points = shown[axes[level]!]!
    return points[Math.floor(index / spans[level]!) % points.length]!
  }
  const offsets = Int32Array.from({ length }, (_, index) =>
    axes.reduce((sum, axis, level) => sum + pointAt(index, level) * strides[axis]!, 0),
  )

  return {
    length,
    offsets,
    axes: axes.map((axis, level) => ({ axis, span: spans[level]! })),
    labels: (index) =>
      axes.map((axis, level) => {
        const point = pointAt(index, level)
        return { axis, point, text: plan.axes[axis]!.points[point]!.label }
      }),
  }
}

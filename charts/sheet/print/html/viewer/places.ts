/** Which axes lie where, by index; those on pages show one point at a time. */
export interface Places {
  columns: number[]
  rows: number[]
  pages: number[]
}
export type Place = keyof Places

/** The places of a printed view: what a sheet stacks or leaves at one point, the viewer pages through. */
export function placesOf(view: { columns: number[]; rows: number[] }, axes: number): Places {
  const columns = [...view.columns]
  const rows = [...view.rows]
  const pages = Array.from({ length: axes }, (_, axis) => axis).filter(
    (axis) => !columns.includes(axis) && !rows.includes(axis),
  )

  return { columns, rows, pages }
}

/** Moves an axis to the end of a place. */
export function moved(from: Places, axis: number, to: Place): Places {
  const without = (place: Place) => from[place].filter((each) => each !== axis)
  const rest: Places = { columns: without('columns'), rows: without('rows'), pages: without('pages') }
  rest[to].push(axis)

  return rest
}

/** Columns become rows, rows columns. */
export const swapped = ({ columns, rows, pages }: Places): Places => ({ columns: rows, rows: columns, pages })

/** The half-open range of `count` things of `pitch` pixels that a window from `start` on shows. */
export function inSight(start: number, length: number, pitch: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(start / pitch) - 1)

  return [Math.min(first, count), Math.min(count, Math.ceil((start + length) / pitch) + 1)]
}

/** The size at which a whole sheet fits its window, between the smallest and largest that make sense. */
export function fitting(options: {
  columns: number
  rows: number
  width: number
  height: number
  ratio: number
  natural: number
}): number {
  const { columns, rows, width, height, ratio, natural } = options
  const whole = Math.min(width / columns, height / rows / ratio) - 8
  const seen = whole >= 96 ? whole : Math.min(width / columns - 8, 160)

  return Math.round(Math.max(40, Math.min(seen, Math.max(natural, 320))))
}

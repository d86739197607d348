import { gradientRows, type LatticePlace } from './perlin-lattice.ts'

const { fround } = Math

/** Where a field is looked at: pixel rows and columns, ascending. */
export interface Points {
  rows: readonly number[]
  columns: readonly number[]
}

/** One octave: `cells` × `cells` lattice cells of `scale` × `scale` pixels, counted with `weight`. */
export interface Octave {
  cells: number
  scale: number
  weight: number
  place: LatticePlace
}

/**
 * Adds an octave of Perlin noise (DD `perlin`) to `into` [rows, columns], in float32 as torch computes it. Only the
 * points asked for are made: the field itself has millions, of which a picture shows few.
 */
export function addOctave({ cells, scale, weight, place }: Octave, points: Points, into: Float32Array): void {
  const lattice = gradientRows(
    place,
    cells + 1,
    points.rows.map((row) => Math.floor(row / scale)),
  )
  const share = fround(weight)
  const columns = points.columns.map((column) => axisOf(column, scale))
  let at = 0

  for (const pixel of points.rows) {
    const { cell, from, to, near, far } = axisOf(pixel, scale)
    const [upper, lower] = [lattice(cell), lattice(cell + 1)]

    for (const column of columns) {
      const j = column.cell
      const a =
        fround(near * column.near) * fround(fround(upper.x[j]! * from) + fround(upper.y[j]! * column.from))
      const b =
        fround(far * column.near) * fround(fround(-lower.x[j]! * to) + fround(lower.y[j]! * column.from))
      const c =
        fround(near * column.far) *
        fround(fround(upper.x[j + 1]! * from) - fround(upper.y[j + 1]! * column.to))
      const d =
        fround(far * column.far) * fround(fround(-lower.x[j + 1]! * to) - fround(lower.y[j + 1]! * column.to))
      const value = fround(fround(fround(fround(a) + fround(b)) + fround(c)) + fround(d))
      into[at]! += fround(value * share)
      at++
    }
  }
}

/** A pixel on one axis: its cell, how far it lies into it and from its end, and how much either end counts. */
function axisOf(pixel: number, scale: number) {
  const cell = Math.floor(pixel / scale)
  const from = (pixel % scale) / scale
  const near = fround(1 - fade(from))

  return { cell, from, to: 1 - from, near, far: fround(1 - near) }
}

/** 3t² - 2t³ */
function fade(t: number): number {
  const square = fround(t * t)

  return fround(fround(3 * square) - fround(2 * fround(square * t)))
}

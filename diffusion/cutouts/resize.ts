import { type Band, resizeBand } from './band.ts'

/** A square part of a picture; what lies outside the picture is black. */
export interface Square {
  size: number
  x: number
  y: number
}

/** A single-channel picture inside a larger array. */
export interface Plane {
  data: Float32Array
  offset: number
  width: number
  height: number
}

/** Resizes a square of a plane to side × side, rows first, into `out` at `at`. */
export function resizeSquare(
  plane: Plane,
  square: Square,
  side: number,
  out: Float32Array,
  at: number,
): void {
  const band = resizeBand(square.size, side)
  const [top, bottom] = inside(square.y, square.size, plane.height)
  const [left, right] = inside(square.x, square.size, plane.width)
  const corner = plane.offset + square.y * plane.width + square.x + left
  const rows = emptyRows(side * (right - left))

  gatherRows(band, plane.data, corner, plane.width, top, bottom, right - left, rows)
  gatherColumns(band, rows, left, right, out, at)
}

/** Adds the adjoint of `resizeSquare` applied to `gradient` (side × side at `at`) to the plane. */
export function resizeSquareAdjoint(
  gradient: Float32Array,
  at: number,
  side: number,
  square: Square,
  plane: Plane,
): void {
  const band = resizeBand(square.size, side)
  const [top, bottom] = inside(square.y, square.size, plane.height)
  const [left, right] = inside(square.x, square.size, plane.width)
  const corner = plane.offset + square.y * plane.width + square.x + left
  const rows = emptyRows(side * (right - left))

  scatterColumns(band, gradient, at, left, right, rows)
  scatterRows(band, rows, right - left, top, bottom, plane.data, corner, plane.width)
}

let scratch = new Float32Array(0)

/** Zeros; one buffer serves all calls, which never overlap. */
function emptyRows(length: number): Float32Array {
  if (scratch.length < length) scratch = new Float32Array(length)
  else scratch.fill(0, 0, length)

  return scratch
}

/** The part of 0 .. size that falls on the picture when 0 lies at `at`. */
function inside(at: number, size: number, limit: number): [number, number] {
  return [Math.max(0, -at), Math.min(size, limit - at)]
}

function gatherRows(
  { taps, starts, weights }: Band,
  data: Float32Array,
  corner: number,
  stride: number,
  top: number,
  bottom: number,
  span: number,
  rows: Float32Array,
): void {
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!
    const target = i * span
    const last = Math.min(start + taps, bottom)

    for (let v = Math.max(start, top); v < last; v++) {
      const weight = weights[i * taps + v - start]!
      const source = corner + v * stride

      for (let c = 0; c < span; c++) rows[target + c]! += weight * data[source + c]!
    }
  }
}

function scatterRows(
  { taps, starts, weights }: Band,
  rows: Float32Array,
  span: number,
  top: number,
  bottom: number,
  data: Float32Array,
  corner: number,
  stride: number,
): void {
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!
    const source = i * span
    const last = Math.min(start + taps, bottom)

    for (let v = Math.max(start, top); v < last; v++) {
      const weight = weights[i * taps + v - start]!
      const target = corner + v * stride

      for (let c = 0; c < span; c++) data[target + c]! += weight * rows[source + c]!
    }
  }
}

function gatherColumns(
  { taps, starts, weights }: Band,
  rows: Float32Array,
  left: number,
  right: number,
  out: Float32Array,
  at: number,
): void {
  const side = starts.length
  const span = right - left

  for (let i = 0; i < side; i++) {
    const row = i * span - left
    const target = at + i * side

    for (let j = 0; j < side; j++) {
      const start = starts[j]!
      const last = Math.min(start + taps, right)
      const shift = j * taps - start
      let sum = 0

      for (let v = Math.max(start, left); v < last; v++) sum += weights[shift + v]! * rows[row + v]!

      out[target + j] = sum
    }
  }
}

function scatterColumns(
  { taps, starts, weights }: Band,
  gradient: Float32Array,
  at: number,
  left: number,
  right: number,
  rows: Float32Array,
): void {
  const side = starts.length
  const span = right - left

  for (let i = 0; i < side; i++) {
    const row = i * span - left
    const source = at + i * side

    for (let j = 0; j < side; j++) {
      const start = starts[j]!
      const last = Math.min(start + taps, right)
      const shift = j * taps - start
      const g = gradient[source + j]!

      for (let v = Math.max(start, left); v < last; v++) rows[row + v]! += weights[shift + v]! * g
    }
  }
}

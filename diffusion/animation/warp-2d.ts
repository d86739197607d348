import { roundHalfEven } from '../cutouts/augment/warp.ts'
import type { Size } from '../networks/index.ts'
import { invert, type Matrix } from './camera-2d.ts'

// Places between pixels are rounded to 1/32, so weights are exact in 1/1024.
const placeBits = 5
const places = 1 << placeBits
const weightBits = 2 * placeBits
/** OpenCV sums a row up from the start of its blocks; it shows where a place lies exactly between two. */
const block = 64

/**
 * Moves interleaved 8-bit RGB by `matrix` (from old to new pixels), bilinear; what leaves at one edge comes back at
 * the other. Equal to the bit to OpenCV 4's `warpPerspective` with BORDER_WRAP. OpenCV 5 rounds otherwise.
 */
export function warp2d(rgb: Uint8Array, [width, height]: Size, matrix: Matrix): Uint8Array {
  const [xx, xy, x1, yx, yy, y1, wx, wy, w1] = invert(matrix)
  const out = new Uint8Array(rgb.length)
  let to = 0

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const start = x - (x % block)
      const on = x - start
      const w = wx * start + wy * y + w1 + wx * on
      const scale = w === 0 ? 0 : places / w
      const column = toPlace((xx * start + xy * y + x1 + xx * on) * scale)
      const row = toPlace((yx * start + yy * y + y1 + yx * on) * scale)
      const right = column & (places - 1)
      const down = row & (places - 1)
      const x0 = pixel(column, 0, width)
      const x2 = pixel(column, 1, width)
      const y0 = pixel(row, 0, height) * width
      const y2 = pixel(row, 1, height) * width

      for (let c = 0; c < 3; c++) {
        const above = rgb[3 * (y0 + x0) + c]! * (places - right) + rgb[3 * (y0 + x2) + c]! * right
        const below = rgb[3 * (y2 + x0) + c]! * (places - right) + rgb[3 * (y2 + x2) + c]! * right
        out[to++] = (above * (places - down) + below * down + (1 << (weightBits - 1))) >> weightBits
      }
    }
  }

  return out
}

/** A coordinate in 1/32 pixels, as an int32. */
function toPlace(coordinate: number): number {
  return roundHalfEven(Math.min(Math.max(coordinate, -0x80000000), 0x7fffffff))
}

/** The pixel at a place or the next one, wrapped; OpenCV holds pixel numbers as int16. */
function pixel(place: number, next: 0 | 1, length: number): number {
  const at = (Math.min(Math.max(place >> placeBits, -0x8000), 0x7fff) + next) % length

  return at < 0 ? at + length : at
}

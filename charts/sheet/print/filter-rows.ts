import type { Band } from './canvas.ts'

const bytesPerPixel = 3

/** One byte in so many is looked at to choose a filter; not a multiple of a pixel, so that all colours are. */
const looked = 5

/**
 * PNG filtering (§9): for every row the filter with the smallest sum of absolute differences, out of None, Sub, Up
 * and Paeth, with its type byte in front. `before` is the row above the first, null at the top of the picture.
 */
export function filterRows(band: Band, before: Uint8Array | null): Buffer {
  const rowBytes = 3 * band.width
  const out = Buffer.alloc(band.height * (rowBytes + 1))
  let above = before ?? new Uint8Array(rowBytes)
  let at = 0
  for (const line of band.rows()) {
    const type = bestFilter(line, above)
    out[at++] = type
    filterRow(type, line, above, out.subarray(at, at + rowBytes))
    at += rowBytes
    above = line
  }

  return out
}

function bestFilter(line: Uint8Array, above: Uint8Array): number {
  let [none, sub, up, paeth] = [0, 0, 0, 0]
  for (let i = bytesPerPixel; i < line.length; i += looked) {
    const value = line[i]!
    const a = line[i - bytesPerPixel]!
    const b = above[i]!
    none += distance(value)
    sub += distance((value - a) & 255)
    up += distance((value - b) & 255)
    paeth += distance((value - nearest(a, b, above[i - bytesPerPixel]!)) & 255)
  }
  const least = Math.min(none, sub, up, paeth)

  return none === least ? 0 : sub === least ? 1 : up === least ? 2 : 4
}

function filterRow(type: number, line: Uint8Array, above: Uint8Array, out: Uint8Array): void {
  const { length } = line
  const first = Math.min(bytesPerPixel, length)
  // Left of the row is nothing, so that Paeth's predictor is the byte above.
  for (let i = 0; i < first; i++) out[i] = line[i]! - (type === 2 || type === 4 ? above[i]! : 0)
  if (type === 0) out.set(line)
  else if (type === 1) for (let i = first; i < length; i++) out[i] = line[i]! - line[i - bytesPerPixel]!
  else if (type === 2) for (let i = first; i < length; i++) out[i] = line[i]! - above[i]!
  else
    for (let i = first; i < length; i++)
      out[i] = line[i]! - nearest(line[i - bytesPerPixel]!, above[i]!, above[i - bytesPerPixel]!)
}

/** Size of a byte read as a signed difference. */
const distance = (byte: number) => (byte < 128 ? byte : 256 - byte)

/** Paeth's predictor: of left, above and upper left, the one nearest to left + above - upper left. */
function nearest(a: number, b: number, c: number): number {
  const pa = Math.abs(b - c)
  const pb = Math.abs(a - c)
  const pc = Math.abs(a + b - 2 * c)
  if (pa <= pb && pa <= pc) return a

  return pb <= pc ? b : c
}

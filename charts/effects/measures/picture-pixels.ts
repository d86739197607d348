/** Interleaved 8-bit RGB, row by row. */
export interface PicturePixels {
  rgb: Uint8Array
  width: number
  height: number
}

/** Rec. 709 luma of the display values, [height, width], 0 .. 1. */
export function lumaOf({ rgb }: PicturePixels): Float64Array {
  const luma = new Float64Array(rgb.length / 3)
  for (let k = 0; k < luma.length; k++)
    luma[k] = (0.2126 * rgb[3 * k]! + 0.7152 * rgb[3 * k + 1]! + 0.0722 * rgb[3 * k + 2]!) / 255

  return luma
}

/** Mean and standard deviation of n values, in two passes so that flat pictures come out as exactly flat. */
export function spread(count: number, at: (index: number) => number): { mean: number; deviation: number } {
  let sum = 0
  for (let k = 0; k < count; k++) sum += at(k)
  const mean = sum / count
  let squares = 0
  for (let k = 0; k < count; k++) squares += (at(k) - mean) ** 2

  return { mean, deviation: Math.sqrt(squares / count) }
}

/** Neighbours beyond the edge are those before it: -1 is 1, n is n - 2. A side of one pixel has only itself. */
export const mirrored = (index: number, length: number): number => {
  if (length === 1) return 0
  if (index < 0) return -index

  return index < length ? index : 2 * length - 2 - index
}

const bytesPerPixel = 3

/**
 * PNG filtering (§9): for every row the filter with the smallest sum of absolute differences, out of None, Sub, Up
 * and Paeth, with its type byte in front. `before` is the row above the first, null at the top of the picture.
 */
export function filterRows(pixels: Uint8Array, rowBytes: number, before: Uint8Array | null): Buffer {
  const rows = pixels.length / rowBytes
  const out = Buffer.alloc(rows * (rowBytes + 1))
  const tries = [0, 1, 2, 4].map((type) => ({ type, bytes: new Uint8Array(rowBytes) }))
  let above = before ?? new Uint8Array(rowBytes)

  for (let row = 0; row < rows; row++) {
    const line = pixels.subarray(row * rowBytes, (row + 1) * rowBytes)
    const [none, sub, up, paeth] = tries.map((attempt) => attempt.bytes) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ]
    const sums = [0, 0, 0, 0]
    for (let i = 0; i < rowBytes; i++) {
      const value = line[i]!
      const a = i < bytesPerPixel ? 0 : line[i - bytesPerPixel]!
      const b = above[i]!
      const c = i < bytesPerPixel ? 0 : above[i - bytesPerPixel]!
      none[i] = value
      sub[i] = value - a
      up[i] = value - b
      paeth[i] = value - nearest(a, b, c)
      sums[0]! += distance(value)
      sums[1]! += distance(sub[i]!)
      sums[2]! += distance(up[i]!)
      sums[3]! += distance(paeth[i]!)
    }
    const best = sums.indexOf(Math.min(...sums))
    out[row * (rowBytes + 1)] = tries[best]!.type
    out.set(tries[best]!.bytes, row * (rowBytes + 1) + 1)
    above = line
  }

  return out
}

/**
 * PNG filtering with Up alone, which needs no search: every byte less the one above it, four at a time. `before` is
 * the row above the first, null at the top of the picture.
 */
export function upRows(pixels: Uint8Array, rowBytes: number, before: Uint8Array | null): Buffer {
  const rows = pixels.length / rowBytes
  const words = Math.ceil(rowBytes / 4)
  const out = Buffer.allocUnsafe(rows * (rowBytes + 1))
  // Rows begin anywhere, words do not: each row is brought to a place where it can be read as words.
  let [above, here] = [new Uint32Array(words), new Uint32Array(words)]
  const difference = new Uint32Array(words)
  if (before) bytesOf(above).set(before)

  for (let row = 0; row < rows; row++) {
    bytesOf(here).set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes))
    for (let i = 0; i < words; i++) {
      const x = here[i]!
      const y = above[i]!
      // Bytewise x - y: the highest bit of each byte is kept out of the subtraction, so that nothing is borrowed.
      difference[i] = ((x | 0x80808080) - (y & 0x7f7f7f7f)) ^ (~(x ^ y) & 0x80808080)
    }
    out[row * (rowBytes + 1)] = 2
    out.set(bytesOf(difference).subarray(0, rowBytes), row * (rowBytes + 1) + 1)
    ;[above, here] = [here, above]
  }

  return out
}

const bytesOf = (words: Uint32Array): Uint8Array => new Uint8Array(words.buffer)

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

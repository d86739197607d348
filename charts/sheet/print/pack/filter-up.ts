/** Modulus of Adler-32, and how many words can be summed before sums must be brought below it. */
const base = 65_521
const most = 350

/** Rows that begin on words; the first is the one above, which belongs to the band before. */
export interface WordRows {
  words: Uint32Array
  /** Words of a row, of which the last may be filled up with zeros. */
  stride: number
  rowBytes: number
  /** Rows besides the one above. */
  count: number
}

/** Of RFC 1950 §9, begun at zero: `before` and `after` of two pieces join into that of both. */
export interface Sums {
  a: number
  b: number
  bytes: number
}

/** Type of PNG's filter Up (§9.2), which stands in front of every row. */
export const upType = 2

/**
 * Every byte becomes its difference to the one above it, in place and four at a time; filter types are not stored but
 * counted in the sums.
 */
export function filterUp({ words, stride, rowBytes, count }: WordRows): Sums {
  const above = words.slice(0, stride)
  const filled = 4 * stride - rowBytes
  let [a, b] = [0, 0]
  for (let row = 1; row <= count; row++) {
    a += upType
    b += a
    const start = row * stride
    for (let from = 0; from < stride; from += most) {
      const to = Math.min(stride, from + most)
      for (let i = from; i < to; i++) {
        const x = words[start + i]!
        const y = above[i]!
        above[i] = x
        // Bytewise x - y: the highest bit of each byte is kept out of the subtraction, so that nothing is borrowed.
        const d = ((x | 0x80808080) - (y & 0x7f7f7f7f)) ^ (~(x ^ y) & 0x80808080)
        words[start + i] = d
        b = (b + 4 * a) | 0
        if (d === 0) continue
        // Two bytes in one number each; a product brings their weighted sum into the upper half.
        const even = d & 0x00ff00ff
        const odd = (d >>> 8) & 0x00ff00ff
        b = (b + (Math.imul(even, 0x40002) >>> 16) + (Math.imul(odd, 0x30001) >>> 16)) | 0
        a = (a + (Math.imul(even + odd, 0x10001) >>> 16)) | 0
      }
      a %= base
      b %= base
    }
    b = (b + (base - filled) * a) % base
  }

  return { a, b, bytes: count * (rowBytes + 1) }
}

/** The sums of `before` and then `after`. */
export function joinSums(before: Sums, after: Sums): Sums {
  return {
    a: (before.a + after.a) % base,
    b: (before.b + (after.bytes % base) * before.a + after.b) % base,
    bytes: before.bytes + after.bytes,
  }
}

/** Where an Adler-32 begins. */
export const firstSums: Sums = { a: 1, b: 0, bytes: 0 }

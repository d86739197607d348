/** Largest prime below 2^16, and how many bytes can be summed before a sum must be brought below it (RFC 1950 §9). */
const base = 65_521
const most = 3_800

/** The checksum at the end of a zlib stream, continued from `sum`; 1 begins. */
export function adler32(bytes: Uint8Array, sum = 1): number {
  let a = sum & 0xffff
  let b = sum >>> 16
  for (let from = 0; from < bytes.length; from += most) {
    const to = Math.min(bytes.length, from + most)
    let i = from
    // Four at a time: after them b has grown by four a and by each byte as often as it was still to be counted.
    for (; i + 4 <= to; i += 4) {
      const p = bytes[i]!
      const q = bytes[i + 1]!
      const r = bytes[i + 2]!
      const s = bytes[i + 3]!
      b += 4 * a + 4 * p + 3 * q + 2 * r + s
      a += p + q + r + s
    }
    for (; i < to; i++) {
      a += bytes[i]!
      b += a
    }
    a %= base
    b %= base
  }

  return ((b << 16) | a) >>> 0
}

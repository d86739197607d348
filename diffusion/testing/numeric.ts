/** Helpers for numeric tests: reproducible numbers, and errors relative to the size of what is compared. */

/** n numbers spread over −1..1, the same for the same seed (mulberry32). */
export function numbers(n: number, seed = 1): Float32Array {
  let state = seed >>> 0

  return Float32Array.from({ length: n }, () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)

    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1
  })
}

export function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0)
}

/** |a − b| / |b|. */
export function relativeError(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  const difference = a.map((value, k) => value - b[k]!)

  return Math.sqrt(dot(difference, difference) / dot(b, b))
}

export function largestError(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY

  return a.reduce((worst, value, k) => Math.max(worst, Math.abs(value - b[k]!)), 0)
}

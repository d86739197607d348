/** An array in equal parts, which share its memory. */
export function parts(all: Float32Array, count: number): Float32Array[] {
  const each = all.length / count

  return Array.from({ length: count }, (_, k) => all.subarray(k * each, (k + 1) * each))
}

/** Arrays one behind the other; one alone is given back as it is. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }

  return all
}

/** a·x + b·y for N pictures [N, 3, H, W] at once, each with its own [a, b]. */
export function mixedEach(
  x: Float32Array,
  y: Float32Array,
  factors: readonly (readonly [a: number, b: number])[],
): Float32Array {
  const each = x.length / factors.length
  const out = new Float32Array(x.length)
  factors.forEach(([a, b], n) => {
    for (let k = n * each; k < (n + 1) * each; k += 1) out[k] = a * x[k]! + b * y[k]!
  })

  return out
}

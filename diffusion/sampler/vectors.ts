const { fround } = Math

/** a·x + b·y, every operation rounded to float32 as torch rounds it. */
export function combine(a: number, x: Float32Array, b: number, y: Float32Array): Float32Array {
  const out = new Float32Array(x.length)

  for (let k = 0; k < x.length; k++) out[k] = fround(a * x[k]!) + fround(b * y[k]!)

  return out
}

/** x / divisor in float32. */
export function divide(x: Float32Array, divisor: number): Float32Array {
  const out = new Float32Array(x.length)

  for (let k = 0; k < x.length; k++) out[k] = x[k]! / divisor

  return out
}

/** x limited to -1 .. 1. */
export function clamp(x: Float32Array): Float32Array {
  return x.map((value) => Math.min(Math.max(value, -1), 1))
}

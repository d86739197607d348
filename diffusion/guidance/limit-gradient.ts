/** clamp_grad: scales a gradient down to a root mean square of `most`; an all-zero gradient stays as it is. */
export function limitGradient(gradient: Float32Array, most: number): Float32Array {
  const size = rootMeanSquare(gradient)

  if (size === 0) return gradient

  const factor = Math.min(size, most) / size

  return gradient.map((value) => value * factor)
}

export function rootMeanSquare(values: Float32Array): number {
  let sum = 0

  for (const value of values) sum += value * value

  return Math.sqrt(sum / values.length)
}

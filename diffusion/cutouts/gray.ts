/** Luma weights of torchvision's grayscale. */
export const luma = [0.2989, 0.587, 0.114] as const

const [RED, GREEN, BLUE] = luma

/** Three planes of n values at `at` become their grey value, three times. */
export function grayInPlace(data: Float32Array, at: number, n: number): void {
  for (let i = at; i < at + n; i++) {
    data[i] = RED * data[i]! + GREEN * data[i + n]! + BLUE * data[i + 2 * n]!
  }

  data.copyWithin(at + n, at, at + n)
  data.copyWithin(at + 2 * n, at, at + n)
}

/** Adjoint of `grayInPlace`: every channel gets its luma weight of the channels' sum. */
export function spreadGray(g: Float32Array, at: number, n: number): void {
  for (let i = at; i < at + n; i++) {
    const sum = g[i]! + g[i + n]! + g[i + 2 * n]!
    g[i] = RED * sum
    g[i + n] = GREEN * sum
    g[i + 2 * n] = BLUE * sum
  }
}

/**
 * One axis of ResizeRight's cubic resize as a banded matrix [output, input]: output j is the sum over k of
 * weights[j * taps + k] · input[starts[j] + k]. Taps beyond the picture read zero, so starts may be negative.
 */
export interface Band {
  readonly taps: number
  readonly starts: Int32Array
  readonly weights: Float32Array
}

const EPSILON = 1.1920929e-7
const { fround } = Math
const cache = new Map<number, Band>()

/** The band from `input` to `output` samples: Keys' cubic (a = -0.5), widened by in/out when shrinking. */
export function resizeBand(input: number, output: number): Band {
  const key = input * 65536 + output
  let band = cache.get(key)

  if (!band) {
    band = input === output ? identity(input) : cubicBand(input, output)
    cache.set(key, band)
  }

  return band
}

function identity(size: number): Band {
  return {
    taps: 1,
    starts: Int32Array.from({ length: size }, (_, i) => i),
    weights: new Float32Array(size).fill(1),
  }
}

function cubicBand(input: number, output: number): Band {
  const scale = output / input
  const stretch = Math.min(scale, 1)
  const support = 4 / stretch
  const taps = Math.ceil(support - EPSILON)
  const starts = new Int32Array(output)
  const weights = new Float32Array(output * taps)

  for (let j = 0; j < output; j++) {
    // float32 as the reference computes it: which tap is the first is decided by the last bits
    const centre = fround(fround(fround(j / scale) + (input - 1) / 2) - (output - 1) / (2 * scale))
    const start = Math.ceil(fround(fround(centre - support / 2) - EPSILON))
    const row = Array.from({ length: taps }, (_, k) => cubic(stretch * fround(centre - (start + k))))
    const total = row.reduce((sum, weight) => sum + weight, 0)

    starts[j] = start
    weights.set(
      row.map((weight) => weight / total),
      j * taps,
    )
  }

  return { taps, starts, weights }
}

function cubic(t: number): number {
  const a = Math.abs(t)

  if (a <= 1) return 1.5 * a ** 3 - 2.5 * a ** 2 + 1
  if (a <= 2) return -0.5 * a ** 3 + 2.5 * a ** 2 - 4 * a + 2

  return 0
}

import type { Adjoint, Batch } from './batch.ts'

export type Extent = Pick<Batch, 'width' | 'height'>

export type Sampling = 'bilinear' | 'nearest'

/** Pixel coordinates (column, row) in the source of an output pixel. */
export type Source = (column: number, row: number) => [x: number, y: number]

/**
 * torchvision's warp with black outside, the same for every plane. A mask of ones is sampled along and multiplied in,
 * so with `bilinear` pixels at the border are darkened twice: by the missing taps and by the mask.
 */
export function warp(batch: Batch, source: Source, sampling: Sampling): Adjoint {
  const { data, width, height } = batch
  const area = width * height
  const { taps, index, weight } = tapsOf(batch, source, sampling)
  const scratch = new Float32Array(area)

  for (let plane = 0; plane < data.length; plane += area) {
    for (let p = 0; p < area; p++) {
      let sum = 0

      for (let k = p * taps; k < (p + 1) * taps; k++) sum += weight[k]! * data[plane + index[k]!]!

      scratch[p] = sum
    }

    data.set(scratch, plane)
  }

  return (gradient) => {
    for (let plane = 0; plane < gradient.length; plane += area) {
      scratch.fill(0)

      for (let p = 0; p < area; p++) {
        const g = gradient[plane + p]!

        for (let k = p * taps; k < (p + 1) * taps; k++) scratch[index[k]!]! += weight[k]! * g
      }

      gradient.set(scratch, plane)
    }
  }
}

function tapsOf({ width, height }: Extent, source: Source, sampling: Sampling) {
  const taps = sampling === 'bilinear' ? 4 : 1
  const area = width * height
  const index = new Int32Array(area * taps)
  const weight = new Float32Array(area * taps)
  const isInside = (x: number, y: number) => x >= 0 && x < width && y >= 0 && y < height

  for (let p = 0; p < area; p++) {
    const [x, y] = source(p % width, Math.floor(p / width))

    if (sampling === 'nearest') {
      const column = roundHalfEven(x)
      const row = roundHalfEven(y)

      if (isInside(column, row)) {
        index[p] = row * width + column
        weight[p] = 1
      }

      continue
    }

    const left = Math.floor(x)
    const top = Math.floor(y)
    let coverage = 0

    for (let k = 0; k < 4; k++) {
      const column = left + (k & 1)
      const row = top + (k >> 1)

      if (!isInside(column, row)) continue

      const share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row))
      index[4 * p + k] = row * width + column
      weight[4 * p + k] = share
      coverage += share
    }

    for (let k = 4 * p; k < 4 * p + 4; k++) weight[k]! *= coverage
  }

  return { taps, index, weight }
}

/** Rounds as Python's `round` and C's `nearbyint` do. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value)

  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

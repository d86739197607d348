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
  const taps = tapsOf(batch, source, sampling)
  const scratch = new Float32Array(area)

  for (let plane = 0; plane < data.length; plane += area) {
    gather(taps, data.subarray(plane, plane + area), scratch)
    data.set(scratch, plane)
  }

  return (gradient) => {
    for (let plane = 0; plane < gradient.length; plane += area) {
      scratch.fill(0)
      scatter(taps, gradient.subarray(plane, plane + area), scratch)
      gradient.set(scratch, plane)
    }
  }
}

/** Four places of a plane for each output pixel, and what each of them counts. */
interface Taps {
  index: Int32Array
  weight: Float32Array
}

function gather({ index, weight }: Taps, from: Float32Array, to: Float32Array): void {
  for (let p = 0, k = 0; p < to.length; p++, k += 4) {
    to[p] =
      weight[k]! * from[index[k]!]! +
      weight[k + 1]! * from[index[k + 1]!]! +
      weight[k + 2]! * from[index[k + 2]!]! +
      weight[k + 3]! * from[index[k + 3]!]!
  }
}

function scatter({ index, weight }: Taps, from: Float32Array, to: Float32Array): void {
  for (let p = 0, k = 0; p < from.length; p++, k += 4) {
    const g = from[p]!
    to[index[k]!]! += weight[k]! * g
    to[index[k + 1]!]! += weight[k + 1]! * g
    to[index[k + 2]!]! += weight[k + 2]! * g
    to[index[k + 3]!]! += weight[k + 3]! * g
  }
}

function tapsOf({ width, height }: Extent, source: Source, sampling: Sampling): Taps {
  const area = width * height
  const index = new Int32Array(4 * area)
  const weight = new Float32Array(4 * area)
  const isInside = (x: number, y: number) => x >= 0 && x < width && y >= 0 && y < height

  for (let p = 0; p < area; p++) {
    const [x, y] = source(p % width, Math.floor(p / width))

    if (sampling === 'nearest') {
      const column = roundHalfEven(x)
      const row = roundHalfEven(y)

      if (isInside(column, row)) {
        index.fill(row * width + column, 4 * p, 4 * p + 4)
        weight[4 * p] = 1
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

  return { index, weight }
}

/** Rounds as Python's `round` and C's `nearbyint` do. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value)

  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}

import type { Size } from '../networks/index.ts'

const { PI, ceil, max, min, sin, trunc } = Math

/** Fixed-point bits of Pillow's 8-bit resampling. */
const precision = 22
const lobes = 3

/**
 * Interleaved 8-bit RGB at another size, bit for bit as Pillow's `resize(…, LANCZOS)`: across first, then down, with
 * 8 bits in between.
 */
export function lanczosResize(rgb: Uint8Array, from: Size, to: Size): Uint8Array {
  const [width, height] = from
  const narrowed = width === to[0] ? rgb : resizeAcross(rgb, width, height, to[0])

  return height === to[1] ? narrowed : resizeDown(narrowed, to[0], height, to[1])
}

interface Kernels {
  taps: number
  starts: Int32Array
  counts: Int32Array
  /** [output, taps], in units of 2^-22 */
  weights: Int32Array
}

function kernels(input: number, output: number): Kernels {
  const scale = input / output
  const stretch = max(scale, 1)
  const support = lobes * stretch
  const taps = 2 * ceil(support) + 1
  const starts = new Int32Array(output)
  const counts = new Int32Array(output)
  const weights = new Int32Array(output * taps)

  for (let j = 0; j < output; j++) {
    const centre = (j + 0.5) * scale
    const start = max(trunc(centre - support + 0.5), 0)
    const count = min(trunc(centre + support + 0.5), input) - start
    const row = Array.from({ length: count }, (_, k) => lanczos((k + start - centre + 0.5) * (1 / stretch)))
    const total = row.reduce((sum, weight) => sum + weight, 0)
    starts[j] = start
    counts[j] = count
    row.forEach((weight, k) => {
      const scaled = (weight / total) * 2 ** precision
      weights[j * taps + k] = trunc(scaled + (scaled < 0 ? -0.5 : 0.5))
    })
  }

  return { taps, starts, counts, weights }
}

function lanczos(x: number): number {
  return -lobes <= x && x < lobes ? sinc(x) * sinc(x / lobes) : 0
}

const sinc = (x: number): number => (x === 0 ? 1 : sin(x * PI) / (x * PI))

const half = 1 << (precision - 1)
const toByte = (sum: number): number => min(max(sum >> precision, 0), 255)

function resizeAcross(rgb: Uint8Array, width: number, height: number, target: number): Uint8Array {
  const { taps, starts, counts, weights } = kernels(width, target)
  const out = new Uint8Array(3 * target * height)

  for (let row = 0; row < height; row++) {
    for (let j = 0; j < target; j++) {
      const first = 3 * (row * width + starts[j]!)
      let [red, green, blue] = [half, half, half]

      for (let k = 0; k < counts[j]!; k++) {
        const weight = weights[j * taps + k]!
        red += rgb[first + 3 * k]! * weight
        green += rgb[first + 3 * k + 1]! * weight
        blue += rgb[first + 3 * k + 2]! * weight
      }

      const at = 3 * (row * target + j)
      out[at] = toByte(red)
      out[at + 1] = toByte(green)
      out[at + 2] = toByte(blue)
    }
  }

  return out
}

function resizeDown(rgb: Uint8Array, width: number, height: number, target: number): Uint8Array {
  const { taps, starts, counts, weights } = kernels(height, target)
  const length = 3 * width
  const out = new Uint8Array(length * target)
  const sums = new Int32Array(length)

  for (let j = 0; j < target; j++) {
    sums.fill(half)

    for (let k = 0; k < counts[j]!; k++) {
      const weight = weights[j * taps + k]!
      const row = (starts[j]! + k) * length

      for (let at = 0; at < length; at++) sums[at]! += rgb[row + at]! * weight
    }

    for (let at = 0; at < length; at++) out[j * length + at] = toByte(sums[at]!)
  }

  return out
}

import type { PlaneStack } from './plane-stack.ts'

const { abs, ceil, floor, fround, max, min, sin, PI } = Math

/**
 * DD `resample` to side × side: along each axis that shrinks a Lanczos-2 blur over reflected borders, down before
 * across, then bicubic interpolation (a = -0.75) between aligned corners.
 */
export function resample(picture: PlaneStack, side: number): Float32Array {
  const { width, height } = picture
  const down = side < height ? along(picture.data, width, height, 'rows', blur(height, side)) : picture.data
  const across = side < width ? along(down, width, height, 'columns', blur(width, side)) : down
  const rows = along(across, width, height, 'rows', bicubic(height, side))

  return along(rows, width, side, 'columns', bicubic(width, side))
}

/** For every output sample, where its taps read and how much they count. */
interface Taps {
  outputs: number
  count: number
  index: Int32Array
  weight: Float32Array
}

function along(
  data: Float32Array,
  width: number,
  height: number,
  axis: 'rows' | 'columns',
  { outputs, count, index, weight }: Taps,
): Float32Array {
  const lines = axis === 'rows' ? width : height
  const [step, line] = axis === 'rows' ? [width, 1] : [1, width]
  const [stepOut, lineOut] = axis === 'rows' ? [width, 1] : [1, outputs]
  const out = new Float32Array(3 * lines * outputs)

  for (let plane = 0; plane < 3; plane++) {
    const from = plane * width * height
    const to = plane * lines * outputs

    for (let l = 0; l < lines; l++) {
      for (let j = 0; j < outputs; j++) {
        let sum = 0

        for (let k = j * count; k < (j + 1) * count; k++)
          sum += weight[k]! * data[from + l * line + index[k]! * step]!

        out[to + l * lineOut + j * stepOut] = sum
      }
    }
  }

  return out
}

function blur(input: number, output: number): Taps {
  const ratio = output / input
  const reach = ceil(2 / ratio + 1) - 2
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) => lanczos2(fround(abs(k - reach) * ratio)))
  const total = kernel.reduce((sum, weight) => sum + weight, 0)

  return tapsOf(input, kernel.length, (j, k) => [reflected(j + k - reach, input), kernel[k]! / total])
}

const lanczos2 = (x: number): number => (x < 2 ? sinc(x) * sinc(x / 2) : 0)
const sinc = (x: number): number => (x === 0 ? 1 : sin(PI * x) / (PI * x))

function reflected(at: number, length: number): number {
  if (at < 0) return -at

  return at < length ? at : 2 * (length - 1) - at
}

function bicubic(input: number, output: number): Taps {
  const scale = output > 1 ? (input - 1) / (output - 1) : 0

  return tapsOf(output, 4, (j, k) => {
    const place = j * scale
    const before = floor(place)

    return [min(max(before - 1 + k, 0), input - 1), cubic(abs(place - (before - 1 + k)))]
  })
}

/** Keys' cubic with a = -0.75, as torch has it. */
function cubic(t: number): number {
  const a = -0.75

  if (t <= 1) return ((a + 2) * t - (a + 3)) * t * t + 1

  return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0
}

function tapsOf(outputs: number, count: number, tap: (j: number, k: number) => [number, number]): Taps {
  const index = new Int32Array(outputs * count)
  const weight = new Float32Array(outputs * count)

  for (let j = 0; j < outputs; j++) {
    for (let k = 0; k < count; k++) {
      const [at, share] = tap(j, k)
      index[j * count + k] = at
      weight[j * count + k] = share
    }
  }

  return { outputs, count, index, weight }
}

import { philox } from './philox.ts'

/** Equally likely values of a normal variable: both halves of a 32-bit word name one. */
const levels = 65536
let quantiles: Float32Array | null = null

/**
 * Adds scale · N(0, 1) to `count` numbers from `at` on, for noise by the million: words of sfc32 (Doty-Humphrey's
 * PractRand), a sixth of Philox' work, which only seeds it, and values out of a table.
 */
export function addGrain(
  address: Uint32Array,
  seed: number,
  out: Float32Array,
  { at, count, scale }: { at: number; count: number; scale: number },
): void {
  quantiles ??= normalQuantiles()
  const table = quantiles
  const state = new Uint32Array(4)
  philox(address, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, state)
  let [a, b, c, counter] = [state[0]! | 0, state[1]! | 0, state[2]! | 0, state[3]! | 0]

  for (let i = -warmUp; i < count; i += 2) {
    const word = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + word) | 0

    if (i < 0) continue

    out[at + i]! += scale * table[word & 0xffff]!

    if (i + 1 < count) out[at + i + 1]! += scale * table[word >>> 16]!
  }
}

/** Twice the words after which sfc32 has forgotten how it was seeded. */
const warmUp = 32

/** The middles of equal shares of N(0, 1), brought to variance one: the quantile function's slope is 1 / density. */
function normalQuantiles(): Float32Array {
  const table = new Float32Array(levels)
  const slope = (z: number) => Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2)
  let z = 0
  let squares = 0

  for (let k = 0; k < levels / 2; k++) {
    // Runge and Kutta's step of order four; the first is half as long, from the median
    const h = (k === 0 ? 0.5 : 1) / levels
    const first = slope(z)
    const second = slope(z + (h / 2) * first)
    const third = slope(z + (h / 2) * second)
    z += (h / 6) * (first + 2 * second + 2 * third + slope(z + h * third))
    table[levels / 2 + k] = z
    table[levels / 2 - 1 - k] = -z
    squares += 2 * z * z
  }

  const deviation = Math.sqrt(squares / levels)

  return table.map((value) => value / deviation)
}

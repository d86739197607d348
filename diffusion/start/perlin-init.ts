import type { Recipe } from '#study'
import type { Size } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'
import { cloudPlane } from './perlin-cloud.ts'

/** The two clouds that are averaged: how many octaves, and the cells of the coarsest. */
const clouds = [
  { octaves: 12, cells: 1 },
  { octaves: 8, cells: 4 },
]

/** Which of the two have colour. */
const coloured: Record<Recipe['perlin_mode'], readonly [boolean, boolean]> = {
  color: [true, true],
  gray: [false, false],
  mixed: [true, false],
}

/** DD `regen_perlin`: soft clouds to start from, [3, H, W] in -1 .. 1. */
export function perlinInit(mode: Recipe['perlin_mode'], size: Size, noise: NoiseSource): Float32Array {
  const [first, second] = clouds.map(({ octaves, cells }, cloud) => {
    const plane = (channel: number) =>
      cloudPlane(
        size,
        Array.from({ length: octaves }, (_, octave) => ({
          cells: cells * 2 ** octave,
          scale: 2 ** (octaves - octave),
          weight: 1.5 ** -octave * 0.5,
          place: { noise, cloud, channel, octave },
        })),
      )

    return coloured[mode][cloud] ? [plane(0), plane(1), plane(2)] : Array(3).fill(plane(0))
  }) as [Uint8Array[], Uint8Array[]]

  const area = size[0] * size[1]
  const out = new Float32Array(3 * area)

  for (let c = 0; c < 3; c++) {
    const [one, other] = [first[c]!, second[c]!]

    for (let p = 0; p < area; p++) out[c * area + p] = average(one[p]!, other[p]!) * 2 - 1
  }

  return out
}

/** Of two 8-bit levels, 0 .. 1 in float32. */
function average(a: number, b: number): number {
  return Math.fround(Math.fround(a / 255) + Math.fround(b / 255)) / 2
}

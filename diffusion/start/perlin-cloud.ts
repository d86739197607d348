import type { Size } from '../networks/index.ts'
import { autocontrast } from './autocontrast.ts'
import { bilinearAxis, samplesOf } from './bilinear-axis.ts'
import { addOctave, type Octave } from './perlin-field.ts'

const { fround } = Math

/**
 * One channel of a cloud at the size of the picture, as 8-bit levels [H, W] (DD `create_perlin_noise`): octaves over
 * middle grey, resized, truncated, stretched to full contrast.
 */
export function cloudPlane([width, height]: Size, octaves: readonly Octave[]): Uint8Array {
  const side = octaves[0]!.cells * octaves[0]!.scale
  const [down, across] = [bilinearAxis(side, height), bilinearAxis(side, width)]
  const points = { rows: samplesOf(down), columns: samplesOf(across) }
  const field = new Float32Array(points.rows.length * points.columns.length).fill(0.5)

  for (const octave of octaves) addOctave(octave, points, field)

  const rowOf = new Map(points.rows.map((row, k) => [row, k * points.columns.length]))
  const columnOf = new Map(points.columns.map((column, k) => [column, k]))
  const plane = new Uint8Array(width * height)
  let at = 0

  for (const row of down) {
    const [upper, lower] = [rowOf.get(row.before)!, rowOf.get(row.after)!]

    for (const column of across) {
      const [left, right] = [columnOf.get(column.before)!, columnOf.get(column.after)!]
      const above = mix(field[upper + left]!, field[upper + right]!, column.share)
      const below = mix(field[lower + left]!, field[lower + right]!, column.share)
      plane[at++] = Math.trunc(fround(Math.min(Math.max(mix(above, below, row.share), 0), 1) * 255))
    }
  }

  return autocontrast(plane)
}

/** (1 - share)·a + share·b in float32. */
function mix(a: number, b: number, share: number): number {
  return fround(fround(fround(1 - share) * a) + fround(share * b))
}

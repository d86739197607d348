import type { Draws, NoiseSource, Place } from '../random/index.ts'

/** Which lattice of gradients: of the first or second cloud, of which channel, of which octave. */
export interface LatticePlace {
  noise: NoiseSource
  cloud: number
  channel: number
  octave: number
}

/** Gradients [points] along one row of lattice points. */
export interface GradientRow {
  x: Float32Array
  y: Float32Array
}

const octavesApart = 16

/**
 * Random gradients at points × points lattice points, by row. A torch stream draws the whole lattice, all x before all
 * y; paired noise has a stream for every row and makes those at the ends of `cells` only.
 */
export function gradientRows(
  { noise, cloud, channel, octave }: LatticePlace,
  points: number,
  cells: readonly number[],
): (row: number) => GradientRow {
  const place = { purpose: 'perlin', part: cloud, batch: channel * octavesApart + octave } as const

  const rows = [...new Set(cells.flatMap((cell) => [cell, cell + 1]))]
  const look =
    noise.mode === 'torch' ? lookAtAll(noise.draws(place), points) : lookAtRows(noise, place, rows, points)
  const known = new Map(rows.map((row) => [row, look(row)]))

  return (row) => known.get(row)!
}

function lookAtAll(draws: Draws, points: number): (row: number) => GradientRow {
  const all = draws.sparseNormal(2 * points * points)

  return (row) => ({ x: all(row * points, points), y: all((points + row) * points, points) })
}

function lookAtRows(
  noise: NoiseSource,
  place: Place,
  rows: readonly number[],
  points: number,
): (row: number) => GradientRow {
  const made = noise.normals(place, rows, 2 * points)

  return (row) => {
    const at = 2 * points * rows.indexOf(row)

    return { x: made.subarray(at, at + points), y: made.subarray(at + points, at + 2 * points) }
  }
}

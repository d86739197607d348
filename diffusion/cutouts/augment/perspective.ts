import type { Draws } from '../../random/draws.ts'
import type { Extent, Source } from './warp.ts'

/** Corners top left, top right, bottom right, bottom left as [x, y]. */
export type Corners = readonly (readonly [x: number, y: number])[]

/** Where the picture's corners go (torchvision RandomPerspective), each moved inwards by up to distortion / 2. */
export function drawCorners(draws: Draws, { width, height }: Extent, distortion: number): Corners {
  const reachOf = (side: number) => Math.trunc(distortion * Math.floor(side / 2))
  const near = (side: number) => draws.integer(reachOf(side) + 1)
  const far = (side: number) => side - reachOf(side) - 1 + draws.integer(reachOf(side) + 1)

  return [
    [near(width), near(height)],
    [far(width), near(height)],
    [far(width), far(height)],
    [near(width), far(height)],
  ]
}

/** The homography that maps the moved corners back to the picture's own. */
export function perspectiveSource({ width, height }: Extent, moved: Corners): Source {
  const [right, bottom] = [width - 1, height - 1]
  const own: Corners = [
    [0, 0],
    [right, 0],
    [right, bottom],
    [0, bottom],
  ]
  const rows = moved.flatMap(([x, y], i) => {
    const [u, v] = own[i]!

    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  const [a, b, c, d, e, f, g, h] = solve(rows) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]

  return (column, row) => {
    const x = column + 0.5
    const y = row + 0.5
    const depth = g * x + h * y + 1

    return [(a * x + b * y + c) / depth - 0.5, (d * x + e * y + f) / depth - 0.5]
  }
}

/** Gauss elimination with row pivoting on an augmented matrix. */
function solve(rows: number[][]): number[] {
  const n = rows.length

  for (let k = 0; k < n; k++) {
    const pivot = rows.reduce(
      (best, row, i) => (i >= k && Math.abs(row[k]!) > Math.abs(rows[best]![k]!) ? i : best),
      k,
    )
    const held = rows[k]!
    rows[k] = rows[pivot]!
    rows[pivot] = held

    for (let i = 0; i < n; i++) {
      if (i === k) continue

      const factor = rows[i]![k]! / rows[k]![k]!

      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!
    }
  }

  return rows.map((row, k) => row[n]! / row[k]!)
}

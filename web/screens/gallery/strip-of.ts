import type { WireExample } from '../../wire/example.ts'

export interface Place {
  column: number
  row: number
}

/** Tiles along the axis of a parameter, the others at their first point; `most` of them, the ends included. */
export function stripOf({ axes }: WireExample, parameter: string, most: number): Place[] | undefined {
  const at = axes.findIndex(({ parameters }) => parameters.includes(parameter))
  if (at < 0) return undefined
  const { length } = axes[at]!.points
  const below = axes.slice(at + 1).reduce((count, { points }) => count * points.length, 1)
  const count = Math.min(most, length)

  return Array.from({ length: count }, (_, n) => {
    const point = count > 1 ? Math.round((n * (length - 1)) / (count - 1)) : 0

    return at === 0 ? { column: point, row: 0 } : { column: 0, row: point * below }
  })
}

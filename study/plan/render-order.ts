import { seqOf } from './cell-at.ts'
import type { Plan } from './plan.ts'

/**
 * All places of the plan, coarse to fine: first the corners, then the mid-points between them, and so on,
 * so that the direction of every axis shows early. Lazy; visits every place once.
 */
export function* renderOrder(plan: Pick<Plan, 'axes'>): Generator<number> {
  const levels = plan.axes.map((axis) => levelsOf(axis.points.length))
  const deepest = Math.max(0, ...levels.map((level) => level.length - 1))
  for (let depth = 0; depth <= deepest; depth++) yield* shell(plan, levels, depth, 0, [], false)
}

/** Combinations whose deepest point lies exactly at `depth`. */
function* shell(
  plan: Pick<Plan, 'axes'>,
  levels: number[][][],
  depth: number,
  axis: number,
  coords: number[],
  reached: boolean,
): Generator<number> {
  if (axis === levels.length) {
    if (reached || depth === 0) yield seqOf(plan, coords)
    return
  }

  const own = levels[axis]!
  const laterCanReach = levels.slice(axis + 1).some((level) => level.length > depth)
  for (let level = 0; level <= Math.min(depth, own.length - 1); level++) {
    if (!reached && level < depth && !laterCanReach) continue
    for (const point of own[level]!) {
      coords[axis] = point
      yield* shell(plan, levels, depth, axis + 1, coords, reached || level === depth)
    }
  }
}

/** Points of an axis by level: its two ends, the middle, the middles of the halves, … */
export function levelsOf(length: number): number[][] {
  if (length <= 2) return [Array.from({ length }, (_, i) => i)]
  const levels = [[0, length - 1]]
  let gaps: [number, number][] = [[0, length - 1]]
  while (gaps.length > 0) {
    const level: number[] = []
    const next: [number, number][] = []
    for (const [from, to] of gaps) {
      if (to - from < 2) continue
      const middle = (from + to) >> 1
      level.push(middle)
      next.push([from, middle], [middle, to])
    }
    if (level.length > 0) levels.push(level)
    gaps = next
  }

  return levels
}

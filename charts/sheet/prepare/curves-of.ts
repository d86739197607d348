import { type Axis, parameterNamed, parseSchedule } from '#study'
import type { Curve } from '../sheet-document.ts'

/** A curve per point of an axis whose points are schedules; null for other axes, and where no schedule moves. */
export function curvesOf(axis: Pick<Axis, 'parameters' | 'points'>): Curve[] | null {
  const name = axis.parameters.find((parameter) => parameterNamed(parameter)?.kind === 'schedule')
  if (!name) return null

  const runs = axis.points.map(({ patch }) => {
    const parsed = parseSchedule(String(patch[name] ?? ''))

    return parsed.ok ? parsed.runs : null
  })
  if (!runs.some((each) => each && each.length > 1)) return null

  const values = runs.flatMap((each) => each?.map(([value]) => value) ?? [])
  const low = Math.min(0, ...values)
  const high = Math.max(...values)
  const height = high > low ? high - low : 1

  return runs.map((each) => {
    const total = each?.reduce((sum, [, count]) => sum + count, 0) ?? 1

    return each?.map(([value, count]) => [(value - low) / height, count / total]) ?? []
  })
}

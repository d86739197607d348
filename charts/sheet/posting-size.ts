import { defaultView, type Plan, type View } from '#study'
import type { SizeName } from './sizes.ts'

/** The posting size that wastes least on a grid of that shape. */
export function postingSize(plan: Plan, view?: View): SizeName {
  const { columns, rows } = view ?? plan.file.view ?? defaultView(plan)
  const count = (axes: readonly number[]) =>
    axes.reduce((product, axis) => product * (plan.axes[axis]?.points.length ?? 1), 1)
  const [width, height] = plan.base.width_height as [number, number]
  const ratio = (count(columns) * width) / (count(rows) * height)
  if (ratio > 1.4) return 'wide'

  return ratio < 0.7 ? 'portrait' : 'square'
}

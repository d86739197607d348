import type { Plan } from '#study'
import type { Kernel } from '../sheet-document.ts'

/** Pictures smaller than this are enlarged by a whole factor, so that a chart of small pictures can be read. */
const readable = 256

/**
 * Size of every cell in pixels. Enlarging by a whole factor repeats pixels, everything else resamples.
 * Pictures of several sizes (`width_height` on an axis) share a cell that holds the widest and the tallest.
 */
export function cellSize(
  plan: Pick<Plan, 'axes' | 'base'>,
  wanted?: number,
): { width: number; height: number; kernel: Kernel } {
  const [width, height] = largest(plan)
  const factor = Math.min(4, Math.max(1, Math.floor(readable / width)))
  const cell = Math.max(8, Math.round(wanted ?? width * factor))

  return {
    width: cell,
    height: Math.max(1, Math.round((height * cell) / width)),
    kernel: cell % width === 0 ? 'nearest' : 'lanczos3',
  }
}

function largest({ axes, base }: Pick<Plan, 'axes' | 'base'>): [number, number] {
  const sizes = axes
    .flatMap((axis) => axis.points.map((point) => point.patch.width_height))
    .filter((size) => size !== undefined)
  const all = sizes.length > 0 ? sizes : [base.width_height]

  return [Math.max(...all.map((size) => size[0]!)), Math.max(...all.map((size) => size[1]!))]
}

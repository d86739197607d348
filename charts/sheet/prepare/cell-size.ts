import type { Plan } from '#study'
import type { DocumentPictures } from '../sheet-document.ts'
import type { SheetOptions } from '../sheet-options.ts'

/** Pictures smaller than this are enlarged by a whole factor, so that a chart of small pictures can be read. */
const readable = 256

const kernels = { whole: 'nearest', smooth: 'lanczos3', never: 'none' } as const

/**
 * Sizes in pixels. Pictures of several sizes (`width_height` on an axis) share a cell that holds the widest and the
 * tallest.
 */
export function cellSize(
  plan: Pick<Plan, 'axes' | 'base'>,
  { cell: wanted, enlarge = 'whole' }: Pick<SheetOptions, 'cell' | 'enlarge'> = {},
): DocumentPictures {
  const [width, height] = largest(plan)
  const factor = enlarge === 'never' ? 1 : Math.min(4, Math.max(1, Math.floor(readable / width)))

  return {
    picture: { width, height },
    cell: cellOfWidth({ width, height }, wanted ?? width * factor),
    kernel: kernels[enlarge],
  }
}

/** A cell of that width and of the shape of its pictures. */
export function cellOfWidth(
  picture: { width: number; height: number },
  wanted: number,
): { width: number; height: number } {
  const width = Math.max(1, Math.round(wanted))

  return { width, height: Math.max(1, Math.round((picture.height * width) / picture.width)) }
}

function largest({ axes, base }: Pick<Plan, 'axes' | 'base'>): [number, number] {
  const sizes = axes
    .flatMap((axis) => axis.points.map((point) => point.patch.width_height))
    .filter((size) => size !== undefined)
  const all = sizes.length > 0 ? sizes : [base.width_height]

  return [Math.max(...all.map((size) => size[0]!)), Math.max(...all.map((size) => size[1]!))]
}

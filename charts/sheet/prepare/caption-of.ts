import { cellAt, coordsOf, type Plan } from '#study'
import type { SheetCell } from '../sheet-cell.ts'
import type { SheetOptions } from '../sheet-options.ts'

/** What stands under a picture: marks first, then what was asked for; undefined where that is nothing. */
export function captionOf(
  plan: Plan,
  seq: number,
  cell: SheetCell | undefined,
  { captions = [], marks = true }: Pick<SheetOptions, 'captions' | 'marks'>,
): string | undefined {
  const said: Record<(typeof captions)[number], () => string> = {
    number: () => `#${seq + 1}`,
    values: () =>
      coordsOf(plan, seq)
        .map((point, axis) => `${plan.axes[axis]!.name} ${plan.axes[axis]!.points[point]!.label}`)
        .join(' · '),
    seed: () => `seed ${cellAt(plan, seq).recipe.seed}`,
    note: () => cell?.note?.trim() ?? '',
  }
  const parts = [marks && cell ? signsOf(cell) : '', ...captions.map((kind) => said[kind]())]

  return parts.filter((part) => part !== '').join(' · ') || undefined
}

function signsOf({ rating, mark }: SheetCell): string {
  const stars = rating ? '★'.repeat(rating) + '☆'.repeat(Math.max(0, 5 - rating)) : ''
  const sign = mark === 'star' ? '♥' : mark === 'reject' ? '✕' : ''

  return [sign, stars].filter((part) => part !== '').join(' ')
}

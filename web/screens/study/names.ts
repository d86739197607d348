import type { Plan } from '#study'
import type { CellView } from '../../state/cell-store.ts'

/** The point of each axis where a cell lies: `clip_guidance_scale 500, eta 0.5`. */
export const cellWords = (plan: Plan, coords: readonly number[]): string =>
  plan.axes.map((axis, index) => `${axis.name} ${axis.points[coords[index]!]?.label ?? '?'}`).join(', ') ||
  'the only cell'

/** How a cell stands, in words: colour never says it alone. */
export function statusWords(view: CellView | undefined): string {
  if (!view) return 'not queued yet'
  const { cell, preview } = view
  switch (cell.status) {
    case 'rendering': {
      const of = preview?.of ?? cell.of
      return of ? `developing, step ${preview?.step ?? cell.step ?? 0} of ${of}` : 'developing'
    }
    case 'failed':
      return `failed, ${cell.error ?? 'for no known reason'}`
    case 'excluded':
      return 'left out by a skip rule'
    default:
      return cell.status
  }
}

/** Like a square of a chess board, columns as letters: C3, AA12. */
export function square(column: number, row: number): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters

  return `${letters}${row + 1}`
}

/** An error in about three words, for the middle of a small cell. */
export function shortReason(error: string | null): string {
  if (!error) return 'no reason given'
  if (/out of memory|memory/i.test(error)) return 'out of memory'
  const words = error.replace(/[.:;,].*$/s, '').split(/\s+/)

  return words.slice(0, 4).join(' ')
}

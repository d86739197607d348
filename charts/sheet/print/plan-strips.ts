import type { SheetLayout } from '../layout/sheet-layout.ts'

/** Most bytes of one strip of RGB rows. */
const stripBytes = 96 * 1024 * 1024

/**
 * Cuts the page into horizontal strips: at the tops and bottoms of the rows of cells, so that every picture is decoded
 * once, and further only where a strip would grow too large.
 */
export function planStrips({
  width,
  height,
  cells,
}: Pick<SheetLayout, 'width' | 'height' | 'cells'>): { top: number; height: number }[] {
  const cuts = new Set([0, height])
  for (const cell of cells) cuts.add(cell.y).add(cell.y + cell.height)
  const sorted = [...cuts].sort((a, b) => a - b)
  const most = Math.max(1, Math.floor(stripBytes / (width * 3)))
  const strips: { top: number; height: number }[] = []

  for (let i = 1; i < sorted.length; i++)
    for (let top = sorted[i - 1]!; top < sorted[i]!; top += most)
      strips.push({ top, height: Math.min(most, sorted[i]! - top) })

  return strips
}

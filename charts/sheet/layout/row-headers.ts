import type { HeaderLabel, SheetBlock } from '../sheet-document.ts'
import { type BlockSizes, curveSize, groupStarts } from './block-sizes.ts'
import type { TextMaker } from './make-text.ts'
import type { CurveBox, TextBox } from './sheet-layout.ts'

/** Names of the row axes over their labels, still at the top; the caller sets them on the bottom of the header. */
export function rowNames(
  block: SheetBlock,
  { x, sizes, text }: { x: number; sizes: BlockSizes; text: TextMaker },
): TextBox[] {
  let at = x

  return block.rowBands.map((band, level) => {
    const width = sizes.rowLabels[level]!
    const box = text.make('name', band.name, { x: at, y: 0, width, align: 'right', role: 'name' })
    at += width + sizes.labelGap

    return box
  })
}

/**
 * Row labels, and the rows themselves: as high as their cells and what stands under them, or as their labels where
 * these need more.
 */
export function rowHeaders(
  block: SheetBlock,
  captionHeights: readonly number[],
  { x, y, sizes, text }: { x: number; y: number; sizes: BlockSizes; text: TextMaker },
): { texts: TextBox[]; curves: CurveBox[]; rowY: number[]; heights: number[]; bottom: number } {
  const count = block.cells.length
  const heights = captionHeights.map((height) => sizes.cell.height + height)
  const groups = groupStarts(block.rowBands)
  const gapBefore = (row: number) => (row === 0 ? 0 : sizes.gutter + (groups.has(row) ? sizes.groupGap : 0))
  const strip = curveSize(sizes.unit)
  const boxes: { box: TextBox; label: HeaderLabel; height: number }[] = []

  let at = x
  for (const [level, band] of block.rowBands.entries()) {
    const width = sizes.rowLabels[level]!
    for (const label of band.labels) {
      const box = text.make('label', label.text, { x: at, y: 0, width, align: 'right', role: 'label' })
      boxes.push({ box, label, height: box.height + (label.curve ? strip.gap + strip.height : 0) })
    }
    at += width + sizes.labelGap
  }
  // Innermost first: an outer label takes what its inner rows have already grown to.
  for (const { label, height } of boxes.toReversed()) {
    let held = 0
    for (let row = label.from; row < label.from + label.span; row++)
      held += heights[row]! + (row > label.from ? gapBefore(row) : 0)
    if (height > held) heights[label.from + label.span - 1]! += height - held
  }

  const rowY: number[] = []
  let top = y
  for (let row = 0; row < count; row++) {
    top += gapBefore(row)
    rowY.push(top)
    top += heights[row]!
  }
  const curves: CurveBox[] = []
  const texts = boxes.map(({ box, label, height }) => {
    const last = label.from + label.span - 1
    const free = rowY[last]! + heights[last]! - rowY[label.from]!
    const placed = { ...box, y: rowY[label.from]! + Math.floor((free - height) / 2) }
    if (label.curve) {
      const width = Math.min(strip.width, box.width)
      curves.push({
        curve: label.curve,
        x: box.x + box.width - width,
        y: placed.y + box.height + strip.gap,
        width,
        height: strip.height,
      })
    }

    return placed
  })

  return { texts, curves, rowY, heights, bottom: top }
}

import type { SheetBlock } from '../sheet-document.ts'
import { type BlockSizes, curveSize } from './block-sizes.ts'
import type { TextMaker } from './make-text.ts'
import type { CurveBox, Fill, TextBox } from './sheet-layout.ts'

/** Names and labels of the axes across, outermost first. */
export function columnHeaders(
  block: SheetBlock,
  {
    x,
    y,
    right,
    columnX,
    sizes,
    text,
  }: { x: number; y: number; right: number; columnX: number[]; sizes: BlockSizes; text: TextMaker },
): { texts: TextBox[]; fills: Fill[]; curves: CurveBox[]; bottom: number; lastBand: number } {
  const { unit } = sizes
  const texts: TextBox[] = []
  const fills: Fill[] = []
  const curves: CurveBox[] = []
  let at = y
  let lastBand = 0

  for (const [level, band] of block.columnBands.entries()) {
    const name = text.make('name', band.name, { x, y: at, width: right - x, role: 'name' })
    texts.push(name)
    at += name.height + Math.round(5 * unit)
    const boxes = band.labels.map(({ text: label, from, span }) => {
      const left = columnX[from]!
      const width = columnX[from + span - 1]! + sizes.column - left

      return text.make('label', label, { x: left, y: at, width, align: 'centre', role: 'label' })
    })
    const height = Math.max(0, ...boxes.map((box) => box.height))
    for (const box of boxes) texts.push({ ...box, y: at + height - box.height })
    at += height
    lastBand = height
    const drawn = band.labels.flatMap(({ curve }, i) => (curve ? [{ curve, box: boxes[i]! }] : []))
    if (drawn.length > 0) {
      const strip = curveSize(unit)
      for (const { curve, box } of drawn) {
        const width = Math.min(strip.width, box.width)
        const left = box.x + Math.floor((box.width - width) / 2)
        curves.push({ curve, x: left, y: at + strip.gap, width, height: strip.height })
      }
      at += strip.height + strip.gap
      lastBand += strip.height + strip.gap
    }
    if (level < block.columnBands.length - 1) {
      const line = Math.max(1, Math.round(unit))
      for (const box of boxes)
        fills.push({
          kind: 'span',
          strength: 0.35,
          x: box.x,
          y: at + Math.round(4 * unit),
          width: box.width,
          height: line,
        })
      at += Math.round(14 * unit)
    }
  }

  return { texts, fills, curves, bottom: at, lastBand }
}

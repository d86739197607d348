import type { SheetDocument } from '../sheet-document.ts'
import { type BlockSizes, layoutBlock } from './layout-block.ts'
import { layoutConditions, layoutFooter, layoutLegend } from './layout-foot.ts'
import { type TextMaker, textMaker } from './make-text.ts'
import type { Measure, SheetLayout } from './sheet-layout.ts'

/**
 * Gives everything a sheet says its place. Pure given `measure`; text wraps inside its box, rows and pages grow, and
 * nothing overlaps or leaves the page.
 */
export function layoutSheet(document: SheetDocument, measure: Measure): SheetLayout {
  const unit = unitOf(document)
  const text = textMaker(unit, measure)
  const px = (units: number) => Math.round(units * unit)
  const margin = px(72)
  const sizes = blockSizes(document, unit, text)

  // Blocks first: they decide how wide everything else may be.
  const blocks = document.blocks.map((block) => layoutBlock(block, { x: margin, y: 0, sizes, text }))
  const width = Math.max(px(680), ...blocks.map((block) => block.right - margin))
  const sheet: Omit<SheetLayout, 'width' | 'height' | 'qr'> = {
    unit,
    kernel: document.cell.kernel,
    texts: [],
    cells: [],
    fills: [],
    swatches: [],
  }

  let y = margin - px(8)
  const title = text.make('title', document.title, { x: margin, y, width, role: 'title' })
  sheet.texts.push(title)
  y += title.height + px(6)
  for (const line of document.subtitle) {
    const box = text.make('subtitle', line, {
      x: margin,
      y,
      width: Math.min(width, px(1000)),
      role: 'subtitle',
    })
    sheet.texts.push(box)
    y += box.height
  }
  y += px(32)

  for (const [i, block] of blocks.entries()) {
    if (i > 0) y += px(44)
    for (const box of block.texts) sheet.texts.push({ ...box, y: box.y + y })
    for (const box of block.cells) sheet.cells.push({ ...box, y: box.y + y })
    for (const box of block.fills) sheet.fills.push({ ...box, y: box.y + y })
    y += block.bottom
  }

  if (document.legend.length > 0) {
    const legend = layoutLegend(document.legend, { x: margin, y: y + px(18), width, unit, text })
    sheet.texts.push(...legend.texts)
    sheet.swatches.push(...legend.swatches)
    y = legend.bottom
  }

  y += px(26)
  sheet.fills.push({ kind: 'line', strength: 0, x: margin, y, width, height: Math.max(1, px(1)) })
  const conditions = layoutConditions(document.conditions, { x: margin, y: y + px(16), width, unit, text })
  sheet.texts.push(...conditions.texts)

  const footer = layoutFooter(document.footer, {
    x: margin,
    y: conditions.bottom + px(22),
    width,
    unit,
    text,
  })
  sheet.texts.push(...footer.texts)
  sheet.fills.push(...footer.fills)

  return { ...sheet, qr: footer.qr, width: width + 2 * margin, height: footer.bottom + margin }
}

/** Type grows with the pictures, so that a chart of large ones still reads when it is seen as a whole. */
function unitOf({ cell, blocks }: SheetDocument): number {
  const columns = Math.max(1, ...blocks.map((block) => block.cells[0]?.length ?? 0))
  const grown = Math.min((columns * cell.width) / 1100, cell.width / 200)

  return Math.max(1, Math.min(8, Math.floor(grown * 4) / 4))
}

function blockSizes({ cell, blocks }: SheetDocument, unit: number, text: TextMaker): BlockSizes {
  const longest = (labels: string[]) => Math.max(0, ...labels.map((label) => text.natural('label', label)))
  const innermost = blocks.flatMap(
    (block) => block.columnBands.at(-1)?.labels.map((label) => label.text) ?? [],
  )
  const levels = blocks[0]?.rowBands.length ?? 0
  const rowLabels = Array.from({ length: levels }, (_, level) => {
    const bands = blocks.map((block) => block.rowBands[level]!)
    const natural = Math.max(
      longest(bands.flatMap((band) => band.labels.map((label) => label.text))),
      ...bands.map((band) => text.natural('name', band.name)),
    )

    return Math.min(natural, Math.round(230 * unit))
  })

  return {
    unit,
    cell: { width: cell.width, height: cell.height },
    gutter: Math.max(1, Math.round(8 * unit)),
    groupGap: Math.round(14 * unit),
    // A column is never narrower than a short label, however small its pictures.
    column: Math.max(cell.width, Math.min(longest(innermost), Math.round(64 * unit))),
    rowLabels,
    labelGap: Math.round(20 * unit),
  }
}

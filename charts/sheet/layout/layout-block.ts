import type { SheetBlock } from '../sheet-document.ts'
import { type BlockSizes, offsets } from './block-sizes.ts'
import { columnHeaders } from './column-headers.ts'
import type { TextMaker } from './make-text.ts'
import { rowHeaders, rowNames } from './row-headers.ts'
import type { CellBox, CurveBox, Fill, TextBox } from './sheet-layout.ts'

export interface PlacedBlock {
  texts: TextBox[]
  cells: CellBox[]
  fills: Fill[]
  curves: CurveBox[]
  right: number
  bottom: number
}

/** Places one table with its headers, its left top corner at `x`, `y`. */
export function layoutBlock(
  block: SheetBlock,
  { x, y, sizes, text }: { x: number; y: number; sizes: BlockSizes; text: TextMaker },
): PlacedBlock {
  const { unit, cell, labelGap } = sizes
  const placed: PlacedBlock = { texts: [], cells: [], fills: [], curves: [], right: x, bottom: y }
  const gridX = x + sizes.rowLabels.reduce((sum, width) => sum + width + labelGap, 0)
  const columns = block.cells[0]?.length ?? 0
  const columnX = offsets(columns, block.columnBands, sizes.column, sizes).map((offset) => gridX + offset)
  const right = (columnX.at(-1) ?? gridX) + sizes.column
  placed.right = right

  let top = y
  if (block.heading.length > 0) {
    const heading = text.make(
      'blockName',
      block.heading.map(({ name, label }) => `${name} ${label}`).join('  ·  '),
      {
        x,
        y: top,
        width: Math.max(right - x, Math.round(320 * unit)),
        role: 'heading',
      },
    )
    placed.texts.push(heading)
    top += heading.height + Math.round(14 * unit)
  }

  const headers = columnHeaders(block, { x: gridX, y: top, right, columnX, sizes, text })
  const names = rowNames(block, { x, sizes, text })
  const namesHeight = Math.max(0, ...names.map((box) => box.height))
  const shift = Math.max(0, namesHeight - headers.lastBand)
  const headerBottom = headers.bottom + (headers.texts.length > 0 || names.length > 0 ? shift : 0)
  for (const box of headers.texts) placed.texts.push({ ...box, y: box.y + shift })
  for (const box of headers.fills) placed.fills.push({ ...box, y: box.y + shift })
  for (const box of headers.curves) placed.curves.push({ ...box, y: box.y + shift })
  for (const box of names) placed.texts.push({ ...box, y: headerBottom - box.height })
  const gridY = headerBottom + (headerBottom > top ? Math.round(9 * unit) : 0)

  const captions = captionsOf(block, { sizes, text })
  const rim = Math.round(4 * unit)
  const captionHeights = captions.map((row) =>
    row.reduce((most, box) => Math.max(most, (box?.height ?? -rim) + rim), 0),
  )
  const rows = rowHeaders(block, captionHeights, { x, y: gridY, sizes, text })
  placed.texts.push(...rows.texts)
  placed.curves.push(...rows.curves)
  for (const [r, row] of block.cells.entries())
    for (const [c, { seq, state, image }] of row.entries()) {
      const held = cell.height + captionHeights[r]!
      const top = rows.rowY[r]! + Math.floor((rows.heights[r]! - held) / 2)
      const box = { x: columnX[c]! + Math.floor((sizes.column - cell.width) / 2), y: top, ...cell }
      placed.cells.push({ seq, state, image, ...box })
      const caption = captions[r]![c]
      if (caption) placed.texts.push({ ...caption, x: columnX[c]!, y: top + cell.height + rim })
    }
  placed.bottom = rows.bottom

  return placed
}

/** Captions as boxes that have no place yet, row by row; null where a cell has none. */
function captionsOf(
  block: SheetBlock,
  { sizes, text }: { sizes: BlockSizes; text: TextMaker },
): (TextBox | null)[][] {
  const place = { x: 0, y: 0, width: sizes.column, align: 'centre', role: 'caption' } as const

  return block.cells.map((row) =>
    row.map(({ caption }) => (caption ? text.make('caption', caption, place) : null)),
  )
}

import type { HeaderBand, SheetBlock } from '../sheet-document.ts'
import type { TextMaker } from './make-text.ts'
import type { CellBox, Fill, TextBox } from './sheet-layout.ts'

/** Sizes that all blocks of a sheet share, in pixels, so that their columns stand under each other. */
export interface BlockSizes {
  unit: number
  cell: { width: number; height: number }
  /** Between cells. */
  gutter: number
  /** Extra between columns or rows under different outer labels. */
  groupGap: number
  /** Distance of neighbouring columns, gutter not included: at least the width of a cell. */
  column: number
  /** Width of each column of row labels, outermost first. */
  rowLabels: number[]
  /** Between columns of row labels, and from them to the cells. */
  labelGap: number
}

export interface PlacedBlock {
  texts: TextBox[]
  cells: CellBox[]
  fills: Fill[]
  right: number
  bottom: number
}

/** Places one table with its headers, its left top corner at `x`, `y`. */
export function layoutBlock(
  block: SheetBlock,
  { x, y, sizes, text }: { x: number; y: number; sizes: BlockSizes; text: TextMaker },
): PlacedBlock {
  const { unit, cell, labelGap } = sizes
  const placed: PlacedBlock = { texts: [], cells: [], fills: [], right: x, bottom: y }
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
  for (const box of names) placed.texts.push({ ...box, y: headerBottom - box.height })
  const gridY = headerBottom + (headerBottom > top ? Math.round(9 * unit) : 0)

  const rows = rowHeaders(block, { x, y: gridY, sizes, text })
  placed.texts.push(...rows.texts)
  for (const [r, row] of block.cells.entries())
    for (const [c, { seq, state, image }] of row.entries())
      placed.cells.push({
        seq,
        state,
        image,
        x: columnX[c]! + Math.floor((sizes.column - cell.width) / 2),
        y: rows.rowY[r]! + Math.floor((rows.heights[r]! - cell.height) / 2),
        ...cell,
      })
  placed.bottom = rows.bottom

  return placed
}

/** Start of each column or row: sizes and gutters, and wider gaps where an outer label changes. */
function offsets(count: number, bands: readonly HeaderBand[], size: number, sizes: BlockSizes): number[] {
  const groups = groupStarts(bands)
  let at = 0

  return Array.from({ length: count }, (_, i) => {
    if (i > 0) at += size + sizes.gutter + (groups.has(i) ? sizes.groupGap : 0)

    return at
  })
}

function groupStarts(bands: readonly HeaderBand[]): Set<number> {
  return new Set(bands.slice(0, -1).flatMap((band) => band.labels.map((label) => label.from)))
}

function columnHeaders(
  block: SheetBlock,
  {
    x,
    y,
    right,
    columnX,
    sizes,
    text,
  }: { x: number; y: number; right: number; columnX: number[]; sizes: BlockSizes; text: TextMaker },
): { texts: TextBox[]; fills: Fill[]; bottom: number; lastBand: number } {
  const { unit } = sizes
  const texts: TextBox[] = []
  const fills: Fill[] = []
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
    const height = Math.max(...boxes.map((box) => box.height))
    for (const box of boxes) texts.push({ ...box, y: at + height - box.height })
    at += height
    lastBand = height
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

  return { texts, fills, bottom: at, lastBand }
}

/** Names of the row axes over their labels, still at the top; the caller sets them on the bottom of the header. */
function rowNames(
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

/** Row labels, and the rows themselves: as high as their cells, or as their labels where these need more. */
function rowHeaders(
  block: SheetBlock,
  { x, y, sizes, text }: { x: number; y: number; sizes: BlockSizes; text: TextMaker },
): { texts: TextBox[]; rowY: number[]; heights: number[]; bottom: number } {
  const count = block.cells.length
  const heights = new Array<number>(count).fill(sizes.cell.height)
  const groups = groupStarts(block.rowBands)
  const gapBefore = (row: number) => (row === 0 ? 0 : sizes.gutter + (groups.has(row) ? sizes.groupGap : 0))
  const boxes: { box: TextBox; from: number; span: number }[] = []

  let at = x
  for (const [level, band] of block.rowBands.entries()) {
    const width = sizes.rowLabels[level]!
    for (const { text: label, from, span } of band.labels)
      boxes.push({
        box: text.make('label', label, { x: at, y: 0, width, align: 'right', role: 'label' }),
        from,
        span,
      })
    at += width + sizes.labelGap
  }
  // Innermost first: an outer label takes what its inner rows have already grown to.
  for (const { box, from, span } of boxes.toReversed()) {
    let held = 0
    for (let row = from; row < from + span; row++) held += heights[row]! + (row > from ? gapBefore(row) : 0)
    if (box.height > held) heights[from + span - 1]! += box.height - held
  }

  const rowY: number[] = []
  let top = y
  for (let row = 0; row < count; row++) {
    top += gapBefore(row)
    rowY.push(top)
    top += heights[row]!
  }
  const texts = boxes.map(({ box, from, span }) => {
    const last = from + span - 1
    const height = rowY[last]! + heights[last]! - rowY[from]!

    return { ...box, y: rowY[from]! + Math.floor((height - box.height) / 2) }
  })

  return { texts, rowY, heights, bottom: top }
}

import { cellOfWidth } from '../prepare/cell-size.ts'
import type { SheetBlock } from '../sheet-document.ts'
import type { Scale } from './block-sizes.ts'
import { composePage } from './compose-page.ts'
import { type FitPage, fitPage, widestCell } from './fit-page.ts'
import { textMaker } from './make-text.ts'
import { sliceBlock } from './slice-block.ts'

/** What stands on one page. */
export interface PagePart {
  blocks: SheetBlock[]
  scale: Scale
  foot: boolean
}

/**
 * Spreads blocks that would be too small on one page over several of the same scale: as few columns to a page as give
 * cells of `smallestCell`, as many rows as fit its height; headers are repeated, the foot ends the last page.
 */
export function breakPages(page: Omit<FitPage, 'foot'>, smallestCell: number): PagePart[] {
  const { document, frame, unit } = page
  const smallest = { ...page, unit, foot: false }
  const chunks = page.blocks.flatMap((block) => columnChunks(smallest, block, smallestCell))
  const width = Math.max(
    smallestCell,
    Math.min(...chunks.map((block) => widestCell({ ...page, blocks: [block] }, unit))),
  )
  // A row, its headers and the head of the page must still fit its height.
  const scales = [width, (width + smallestCell) / 2, smallestCell].map(
    (each): Scale => ({
      unit,
      cell: cellOfWidth(document.pictures.picture, Math.floor(each)),
    }),
  )
  const text = textMaker(unit, page.measure)
  const heightOf = (blocks: SheetBlock[], scale: Scale, foot: boolean) =>
    composePage({ ...page, text, blocks, scale, foot }).height
  const most = frame.height ?? Number.POSITIVE_INFINITY
  const oneRow = (block: SheetBlock) =>
    sliceBlock(block, { rows: [0, 1], columns: [0, block.cells[0]?.length ?? 0] })
  const scale =
    scales.find((each) => chunks.every((block) => heightOf([oneRow(block)], each, false) <= most)) ??
    scales.at(-1)!

  const parts = chunks.flatMap((block) =>
    rowChunks(block, (rows) => heightOf([rows], scale, false) <= most).map(
      (rows): PagePart => ({ blocks: [rows], scale, foot: false }),
    ),
  )
  const last = parts.at(-1)!
  if (heightOf(last.blocks, scale, true) <= most) return [...parts.slice(0, -1), { ...last, foot: true }]

  const end = { ...page, blocks: [], foot: true }

  return [...parts, { blocks: [], scale: fitPage(end) ?? scale, foot: true }]
}

/** A block cut between columns, so that its pieces are about equally wide and none has cells below the smallest. */
function columnChunks(page: FitPage, block: SheetBlock, smallestCell: number): SheetBlock[] {
  const count = block.cells[0]?.length ?? 0
  const rows: [number, number] = [0, block.cells.length]
  for (let pieces = 1; pieces < count; pieces++) {
    const size = Math.ceil(count / pieces)
    const cut = Array.from({ length: Math.ceil(count / size) }, (_, i) =>
      sliceBlock(block, { rows, columns: [i * size, Math.min(count, (i + 1) * size)] }),
    )
    if (cut.every((piece) => widestCell({ ...page, blocks: [piece] }, page.unit) >= smallestCell)) return cut
  }

  return Array.from({ length: Math.max(1, count) }, (_, i) =>
    sliceBlock(block, { rows, columns: [i, i + 1] }),
  )
}

/** A block cut between rows, each piece as long as fits. */
function rowChunks(block: SheetBlock, fits: (rows: SheetBlock) => boolean): SheetBlock[] {
  const columns: [number, number] = [0, block.cells[0]?.length ?? 0]
  const count = block.cells.length
  const chunks: SheetBlock[] = []
  for (let from = 0; from < count; ) {
    let [low, high] = [from + 1, count + 1]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (fits(sliceBlock(block, { rows: [from, middle], columns }))) low = middle
      else high = middle
    }
    chunks.push(sliceBlock(block, { rows: [from, low], columns }))
    from = low
  }

  return chunks.length > 0 ? chunks : [block]
}

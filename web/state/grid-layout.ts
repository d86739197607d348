import { clampSize } from './view-url.ts'

/** Geometry of the live sheet, in pixels of the scrolled content. Groups repeat a block of columns and rows. */
export interface GridLayout {
  columns: number
  rows: number
  cellWidth: number
  cellHeight: number
  gap: number
  headWidth: number
  headHeight: number
  /** Columns and rows of one group; all of them without groups. */
  blockColumns: number
  blockRows: number
  /** Between groups, and the room for a group's name above it. */
  blockGap: number
  blockHead: number
}

export interface Window {
  left: number
  top: number
  width: number
  height: number
}

export const pitchX = (layout: GridLayout): number => layout.cellWidth + layout.gap
export const pitchY = (layout: GridLayout): number => layout.cellHeight + layout.gap

/** The room a narrow gap takes at a size: far away, cells touch. */
export const gapAt = (size: number): number => (size < 24 ? 0 : size < 40 ? 2 : 6)

/** One direction of the sheet: cells in blocks. */
interface Along {
  count: number
  pitch: number
  inBlock: number
  /** Before the cells of each block. */
  blockHead: number
  /** From the start of one block to the next. */
  block: number
}

const across = (layout: GridLayout): Along => ({
  count: layout.columns,
  pitch: pitchX(layout),
  inBlock: layout.blockColumns,
  blockHead: 0,
  block: layout.blockColumns * pitchX(layout) + layout.blockGap,
})

const down = (layout: GridLayout): Along => ({
  count: layout.rows,
  pitch: pitchY(layout),
  inBlock: layout.blockRows,
  blockHead: layout.blockHead,
  block: layout.blockRows * pitchY(layout) + layout.blockHead + layout.blockGap,
})

const startOf = (along: Along, index: number): number =>
  Math.floor(index / along.inBlock) * along.block + along.blockHead + (index % along.inBlock) * along.pitch

/** The cell at or before a distance; one that falls between two blocks belongs to the earlier. */
function indexAt(along: Along, distance: number): number {
  const block = Math.max(0, Math.floor(distance / along.block))
  const inside = Math.floor((distance - block * along.block - along.blockHead) / along.pitch)
  const index = block * along.inBlock + Math.min(along.inBlock - 1, Math.max(0, inside))

  return Math.min(along.count - 1, Math.max(0, index))
}

/** Where a cell begins, from the left edge of the first cell; `cellTop` from the upper edge of the first block. */
export const cellLeft = (layout: GridLayout, column: number): number => startOf(across(layout), column)
export const cellTop = (layout: GridLayout, row: number): number => startOf(down(layout), row)
export const columnAt = (layout: GridLayout, x: number): number => indexAt(across(layout), x)
export const rowAt = (layout: GridLayout, y: number): number => indexAt(down(layout), y)

export const cellsWidth = (layout: GridLayout): number =>
  cellLeft(layout, layout.columns - 1) + layout.cellWidth
export const cellsHeight = (layout: GridLayout): number =>
  cellTop(layout, layout.rows - 1) + layout.cellHeight
export const contentWidth = (layout: GridLayout): number => layout.headWidth + cellsWidth(layout)
export const contentHeight = (layout: GridLayout): number => layout.headHeight + cellsHeight(layout)

/** Half-open ranges of columns and rows. */
export interface Range {
  columns: [number, number]
  rows: [number, number]
}

/** The cells that a window shows, some spare ones included. */
export function visible(layout: GridLayout, window: Window, spare = 1): Range {
  const range = (along: Along, start: number, length: number): [number, number] => [
    Math.max(0, indexAt(along, start) - spare),
    Math.min(along.count, indexAt(along, start + Math.max(0, length)) + 1 + spare),
  ]

  return {
    columns: range(across(layout), window.left, window.width - layout.headWidth),
    rows: range(down(layout), window.top, window.height - layout.headHeight),
  }
}

/** How many cells a window shows. */
export function visibleCount(layout: GridLayout, window: Window): number {
  const { columns, rows } = visible(layout, window, 0)

  return (columns[1] - columns[0]) * (rows[1] - rows[0])
}

/** The window after the cells have another size, so that what lay under a point of it still does. */
export function zoomedWindow(
  window: Window,
  before: GridLayout,
  after: GridLayout,
  at: { x: number; y: number },
): Window {
  const begin = (point: number, scrolled: number, head: Pair, cells: Pair, most: number) => {
    const share = (scrolled + point - head.before) / cells.before
    return Math.min(Math.max(0, share * cells.after - (point - head.after)), Math.max(0, most))
  }
  const both = (of: (layout: GridLayout) => number): Pair => ({ before: of(before), after: of(after) })

  return {
    ...window,
    left: begin(
      at.x,
      window.left,
      both(({ headWidth }) => headWidth),
      both(cellsWidth),
      contentWidth(after) - window.width,
    ),
    top: begin(
      at.y,
      window.top,
      both(({ headHeight }) => headHeight),
      both(cellsHeight),
      contentHeight(after) - window.height,
    ),
  }
}

type Pair = { before: number; after: number }

/** The part of the sheet in view, as shares (0..1) of its cells. */
export interface Shown {
  left: number
  top: number
  right: number
  bottom: number
}

export const wholeSheet: Shown = { left: 0, top: 0, right: 1, bottom: 1 }

/** What a window shows of the sheet, for a map of it. */
export function shownPart(layout: GridLayout, window: Window): Shown {
  const share = (along: Along, at: number) => {
    const index = indexAt(along, at)
    const into = Math.min(1, Math.max(0, (at - startOf(along, index)) / along.pitch))
    return (index + into) / along.count
  }

  return {
    left: share(across(layout), window.left),
    top: share(down(layout), window.top),
    right: share(across(layout), window.left + window.width - layout.headWidth),
    bottom: share(down(layout), window.top + window.height - layout.headHeight),
  }
}

/** Beyond this a fitted picture of a small sheet would only be blown up. */
const largestFitted = 320

/** More cells than this are first shown all at once, however small. */
export const overviewFrom = 2_000

/**
 * The cell size at which the whole sheet fits a window, if that leaves pictures worth looking at or there are very
 * many; else the columns alone decide. `ratio` is height over width of a picture.
 */
export function fittingSize(options: {
  columns: number
  rows: number
  width: number
  height: number
  ratio: number
}): number {
  const { columns, rows, width, height, ratio } = options
  const at = (gap: number) => {
    const byWidth = width / columns - gap
    return { byWidth, whole: Math.min(byWidth, (height / rows - gap) / ratio) }
  }
  const { byWidth, whole } = at(6)
  if (whole >= 96) return Math.floor(Math.min(largestFitted, whole))
  if (columns * rows <= overviewFrom) return Math.floor(Math.max(Math.min(byWidth, 150), 48))
  const gap = [6, 2, 0].find((gap) => gapAt(at(gap).whole) === gap) ?? 2
  const small = at(gap).whole * 0.995
  // A strip that is hardly visible when seen whole is better filled in one direction and scrolled in the other.
  if (small < 2) return clampSize(Math.min(32, Math.max(width / columns, height / rows / ratio) * 0.9))

  return clampSize(small)
}

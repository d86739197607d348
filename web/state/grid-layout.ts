/** Geometry of the live sheet, in pixels of the scrolled content. */
export interface GridLayout {
  columns: number
  rows: number
  cellWidth: number
  cellHeight: number
  gap: number
  headWidth: number
  headHeight: number
}

export interface Window {
  left: number
  top: number
  width: number
  height: number
}

/** Beyond the window, so that a flick of the wheel does not meet blank paper. */
const spare = 3

export const pitchX = (layout: GridLayout): number => layout.cellWidth + layout.gap
export const pitchY = (layout: GridLayout): number => layout.cellHeight + layout.gap

export const contentWidth = (layout: GridLayout): number => layout.headWidth + layout.columns * pitchX(layout)
export const contentHeight = (layout: GridLayout): number => layout.headHeight + layout.rows * pitchY(layout)

/** The half-open ranges of columns and rows that a window shows, some spare ones included. */
export function visible(
  layout: GridLayout,
  window: Window,
): { columns: [number, number]; rows: [number, number] } {
  return {
    columns: range(window.left, window.width - layout.headWidth, pitchX(layout), layout.columns),
    rows: range(window.top, window.height - layout.headHeight, pitchY(layout), layout.rows),
  }
}

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
  const share = (at: number, pitch: number, count: number) => Math.min(1, Math.max(0, at / (pitch * count)))
  const width = window.width - layout.headWidth
  const height = window.height - layout.headHeight

  return {
    left: share(window.left, pitchX(layout), layout.columns),
    top: share(window.top, pitchY(layout), layout.rows),
    right: share(window.left + width, pitchX(layout), layout.columns),
    bottom: share(window.top + height, pitchY(layout), layout.rows),
  }
}

function range(start: number, length: number, pitch: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(start / pitch) - spare)
  const last = Math.min(count, Math.ceil((start + Math.max(0, length)) / pitch) + spare)

  return [Math.min(first, count), Math.max(first, last)]
}

/** Beyond this a fitted picture of a small sheet would only be blown up. */
const largestFitted = 320

/**
 * The cell size at which the whole sheet fits a window, if that leaves pictures worth looking at; else the columns
 * alone decide. `ratio` is height over width of a picture.
 */
export function fittingSize(options: {
  columns: number
  rows: number
  width: number
  height: number
  gap: number
  ratio: number
}): number {
  const { columns, rows, width, height, gap, ratio } = options
  const byWidth = width / columns - gap
  const byHeight = (height / rows - gap) / ratio
  const whole = Math.min(byWidth, byHeight)

  return Math.floor(Math.min(largestFitted, Math.max(whole >= 96 ? whole : Math.min(byWidth, 150), 48)))
}

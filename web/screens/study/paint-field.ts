import { statusByte } from '../../state/cell-store.ts'
import {
  cellLeft,
  cellTop,
  type GridLayout,
  pitchX,
  pitchY,
  visible,
  type Window,
} from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { cellsInBlock, tilesAcross } from '../../wire/atlas.ts'
import type { Camera, DrawnCells } from './field-orders.ts'
import { type Looks, Overview } from './overview.ts'
import type { TileBlocks } from './tile-blocks.ts'

/** From these cell sizes on: pieces of small tiles, single large tiles. Cells of 48 pixels and more are no drawing. */
export const levels = { tiles: 5, largeTiles: 24, cells: 48 } as const

/** So many cells are laid out as elements at once; more come little by little. */
export const fewElements = 24

/** Cells on their way from one arrangement to another. */
export interface Flight extends Camera {
  sheet: SheetGrid
  /** 0 at the start, 1 where they now lie. */
  share: number
}

/** What one frame of the field shows, in pixels of the window below and beside the headers. */
export interface FieldFrame extends Camera {
  cells: DrawnCells
  blocks: TileBlocks
  overview: Overview
  looks: Looks
  picked: ReadonlySet<number>
  flight: Flight | null
}

/** Draws the cells a window shows. The paper is scaled to CSS pixels and its origin is the window's corner. */
export function paintField(paper: OffscreenCanvasRenderingContext2D, frame: FieldFrame): void {
  const { layout, overview } = frame
  overview.beginFrame()
  if (layout.cellWidth < levels.largeTiles) paintPieces(paper, frame)
  else paintTiles(paper, frame)
  if (frame.drawn) paintPicked(paper, frame)
}

/** Whole tables (pixels) or pieces of them (small tiles), stretched to the size of the cells. */
function paintPieces(
  paper: OffscreenCanvasRenderingContext2D,
  { layout, window, looks, overview }: FieldFrame,
): void {
  const { sheet } = looks
  const { columns, rows } = visible(layout, window, 0)
  const small = layout.cellWidth < levels.tiles
  paper.imageSmoothingEnabled = !small
  for (let row = pieceStart(rows[0], sheet, 'row'); row < rows[1]; ) {
    const height = Overview.cellsOf(sheet, row, 0).rows
    for (let column = pieceStart(columns[0], sheet, 'column'); column < columns[1]; ) {
      const { columns: width } = Overview.cellsOf(sheet, row, column)
      const x = layout.headWidth + cellLeft(layout, column) - window.left
      const y = layout.headHeight + cellTop(layout, row) - window.top
      const to = [x, y, width * pitchX(layout), height * pitchY(layout)] as const
      const piece = small ? null : overview.piece(looks, row, column)
      if (piece) paper.drawImage(piece, 0, 0, width * 8, height * 8, ...to)
      else paper.drawImage(overview.pixels(looks), column, row, width, height, ...to)
      column += width
    }
    row += height
  }
}

const pieceStart = (at: number, sheet: SheetGrid, along: 'row' | 'column'): number =>
  along === 'row' ? Overview.startOf(sheet, at, 0).row : Overview.startOf(sheet, 0, at).column

/** Each cell by itself: its tile, or the colour of its status. */
function paintTiles(paper: OffscreenCanvasRenderingContext2D, frame: FieldFrame): void {
  const { layout, window, looks, cells, blocks, flight, drawn } = frame
  const { sheet, inks, passes, shade } = looks
  const { columns, rows } = visible(layout, window, 1)
  paper.imageSmoothingEnabled = true
  for (let row = rows[0]; row < rows[1]; row++) {
    for (let column = columns[0]; column < columns[1]; column++) {
      const seq = sheet.cell(row, column)
      if (seq < 0) continue
      const here = corner(layout, window, row, column)
      const { x, y } = flight ? between(flight, seq, here) : here
      const tiles = blocks.block(32, Math.floor(seq / cellsInBlock))
      const place = seq % cellsInBlock
      const status = cells.status[seq]!
      const shaded = shade ? shade(seq) : -1
      paper.globalAlpha = passes(seq) ? 1 : 0.13
      if (status === statusByte.done && tiles?.bitmap && tiles.covers[place])
        paper.drawImage(
          tiles.bitmap,
          (place % tilesAcross) * 32,
          Math.floor(place / tilesAcross) * 32,
          32,
          32,
          x,
          y,
          layout.cellWidth,
          layout.cellHeight,
        )
      else if (drawn) {
        paper.fillStyle = css(inks.status[status]!)
        paper.fillRect(x, y, layout.cellWidth, layout.cellHeight)
      }
      if (shaded >= 0 && drawn) {
        paper.fillStyle = css(inks.scale[shaded]!)
        paper.fillRect(x, y + layout.cellHeight - 5, layout.cellWidth, 5)
      }
    }
  }
  paper.globalAlpha = 1
}

const corner = (layout: GridLayout, window: Window, row: number, column: number) => ({
  x: layout.headWidth + cellLeft(layout, column) - window.left,
  y: layout.headHeight + cellTop(layout, row) - window.top,
})

/** Where a flying cell is; one that was not shown before appears where it belongs. */
function between(flight: Flight, seq: number, to: { x: number; y: number }): { x: number; y: number } {
  const at = flight.sheet.placeOf(seq)
  if (!at) return to
  const from = corner(flight.layout, flight.window, at.row, at.column)

  return {
    x: from.x + (to.x - from.x) * flight.share,
    y: from.y + (to.y - from.y) * flight.share,
  }
}

function paintPicked(
  paper: OffscreenCanvasRenderingContext2D,
  { layout, window, looks, picked }: FieldFrame,
): void {
  if (picked.size === 0) return
  const { columns, rows } = visible(layout, window, 0)
  paper.fillStyle = looks.inks.accent
  paper.globalAlpha = 0.45
  for (let row = rows[0]; row < rows[1]; row++)
    for (let column = columns[0]; column < columns[1]; column++) {
      if (!picked.has(looks.sheet.cell(row, column))) continue
      const { x, y } = corner(layout, window, row, column)
      paper.fillRect(x, y, layout.cellWidth, layout.cellHeight)
    }
  paper.globalAlpha = 1
}

const css = (colour: number): string =>
  `rgb(${colour & 255} ${(colour >>> 8) & 255} ${(colour >>> 16) & 255} / ${((colour >>> 24) & 255) / 255})`

import { statusByte } from '../../state/cell-store.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { cellsInBlock, tilesAcross } from '../../wire/atlas.ts'
import type { DrawnCells } from './field-orders.ts'
import type { Inks } from './inks.ts'
import type { TileBlock, TileBlocks } from './tile-blocks.ts'

const edge = 8
/** Cells along the side of one piece of the overview. */
const inPiece = 32
/** A frame gives the overview this much of its time; what is not painted yet shows as status pixels. */
const paintMs = 3
const mostPieces = 256
/** All cells as pixels take some milliseconds, so news of them are gathered. */
const againMs = 250

/** What is asked about cells while they are painted. */
export interface Looks {
  sheet: SheetGrid
  passes: (seq: number) => boolean
  /** 0..255 on the scale of a measure, or −1. */
  shade: ((seq: number) => number) | null
  inks: Inks
}

interface Piece {
  canvas: OffscreenCanvas
  paper: OffscreenCanvasRenderingContext2D
  stale: boolean
  used: number
}

/**
 * The sheet from far away, painted once and then only moved and scaled: one pixel per cell for very small cells, and
 * pieces of 32 × 32 cells of eight pixels each for small ones. So a frame costs a few dozen drawings, however many
 * cells there are.
 */
export class Overview {
  readonly #cells: DrawnCells
  readonly #blocks: TileBlocks
  readonly #pieces = new Map<string, Piece>()
  readonly #spare: Piece[] = []
  /** The middle colour of every picture whose tile has come, 0 where none has. */
  readonly #means: Uint32Array
  #pixels: { canvas: OffscreenCanvas; stale: boolean; at: number } | null = null
  #uses = 0
  #until = 0
  #short = false

  constructor(cells: DrawnCells, blocks: TileBlocks) {
    this.#cells = cells
    this.#blocks = blocks
    this.#means = new Uint32Array(cells.size)
  }

  /** Everything is to be painted anew: axes, filter, colours or theme are others. */
  reset(): void {
    this.#spare.push(...this.#pieces.values())
    this.#pieces.clear()
    this.#pixels = null
  }

  /** Some cells are others; the pieces they lie in are painted anew when they are next seen. */
  touch(sheet: SheetGrid, seqs: Iterable<number>): void {
    if (this.#pixels) this.#pixels.stale = true
    for (const seq of seqs) {
      const at = sheet.placeOf(seq)
      const piece = at && this.#pieces.get(this.#nameOf(sheet, at.row, at.column))
      if (piece) piece.stale = true
    }
  }

  touchBlock(sheet: SheetGrid, block: number): void {
    const tiles = this.#blocks.block(edge, block)
    const from = block * cellsInBlock
    const to = Math.min(this.#cells.size, from + cellsInBlock)
    if (tiles?.pixels)
      for (let seq = from; seq < to; seq++)
        if (tiles.covers[seq - from]) this.#means[seq] = meanOf(tiles.pixels, seq - from)
    this.touch(
      sheet,
      Array.from({ length: to - from }, (_, index) => from + index),
    )
  }

  beginFrame(): void {
    this.#until = performance.now() + paintMs
    this.#short = false
  }

  /** Whether the frame had no time for all it showed. */
  get unfinished(): boolean {
    return this.#short
  }

  /** One pixel per cell of the whole sheet. */
  pixels(looks: Looks): OffscreenCanvas {
    const { columnCount: width, rowCount: height } = looks.sheet
    const known = this.#pixels
    if (known && !known.stale) return known.canvas
    if (known && performance.now() - known.at < againMs) {
      this.#short = true
      return known.canvas
    }
    for (let block = 0; block < this.#cells.pictures.length; block++) this.#blocks.block(edge, block)
    const canvas = known?.canvas ?? new OffscreenCanvas(width, height)
    const image = new ImageData(width, height)
    const out = new Uint32Array(image.data.buffer)
    for (let row = 0, at = 0; row < height; row++)
      for (let column = 0; column < width; column++, at++)
        out[at] = this.#pixelOf(looks, looks.sheet.cell(row, column))
    canvas.getContext('2d')!.putImageData(image, 0, 0)
    this.#pixels = { canvas, stale: false, at: performance.now() }

    return canvas
  }

  /** The piece that begins at a place, if this frame has had the time to paint it. */
  piece(looks: Looks, row: number, column: number): OffscreenCanvas | null {
    const name = this.#nameOf(looks.sheet, row, column)
    const known = this.#pieces.get(name)
    if (known && !known.stale) {
      known.used = ++this.#uses
      return known.canvas
    }
    if (performance.now() > this.#until) {
      this.#short = true
      return known?.canvas ?? null
    }
    const piece = known ?? this.#newPiece()
    this.#pieces.set(name, piece)
    this.#paint(piece, looks, row, column)

    return piece.canvas
  }

  /** The edges of a piece lie on its table's own grid, so that none reaches into the next group. */
  static cellsOf(sheet: SheetGrid, row: number, column: number): { rows: number; columns: number } {
    const left = (length: number, at: number) => Math.min(inPiece, length - (at % length))

    return { rows: left(sheet.rows.length, row), columns: left(sheet.columns.length, column) }
  }

  static startOf(sheet: SheetGrid, row: number, column: number): { row: number; column: number } {
    const start = (length: number, at: number) => at - ((at % length) % inPiece)

    return { row: start(sheet.rows.length, row), column: start(sheet.columns.length, column) }
  }

  #nameOf(sheet: SheetGrid, row: number, column: number): string {
    const start = Overview.startOf(sheet, row, column)

    return `${start.row} ${start.column}`
  }

  #newPiece(): Piece {
    const spare = this.#spare.pop()
    if (spare) return spare
    if (this.#pieces.size >= mostPieces) {
      const [name, oldest] = [...this.#pieces].reduce((old, each) =>
        each[1].used < old[1].used ? each : old,
      )
      this.#pieces.delete(name)
      return oldest
    }
    const canvas = new OffscreenCanvas(inPiece * edge, inPiece * edge)

    return { canvas, paper: canvas.getContext('2d')!, stale: true, used: 0 }
  }

  #paint(piece: Piece, looks: Looks, row: number, column: number): void {
    const { sheet, inks } = looks
    const start = Overview.startOf(sheet, row, column)
    const size = Overview.cellsOf(sheet, start.row, start.column)
    const width = size.columns * edge
    const image = new ImageData(width, size.rows * edge)
    const out = new Uint32Array(image.data.buffer)
    let block: TileBlock | undefined
    let known = -1
    for (let r = 0; r < size.rows; r++)
      for (let c = 0; c < size.columns; c++) {
        const seq = sheet.cell(start.row + r, start.column + c)
        const at = r * edge * width + c * edge
        const number = Math.floor(seq / cellsInBlock)
        if (seq >= 0 && number !== known) {
          block = this.#blocks.block(edge, number)
          known = number
        }
        const place = seq % cellsInBlock
        const done = seq >= 0 && this.#cells.status[seq] === statusByte.done
        if (done && !looks.shade && block?.pixels && block.covers[place])
          copyTile(block.pixels, place, out, at, width, looks.passes(seq) ? null : inks.paper)
        else fillTile(out, at, width, this.#pixelOf(looks, seq))
      }
    piece.paper.clearRect(0, 0, inPiece * edge, inPiece * edge)
    piece.paper.putImageData(image, 0, 0)
    piece.stale = false
    piece.used = ++this.#uses
  }

  #pixelOf({ inks, passes, shade }: Looks, seq: number): number {
    if (seq < 0) return 0
    const status = this.#cells.status[seq]!
    let colour = inks.status[status]!
    if (status === statusByte.done) {
      const shaded = shade ? shade(seq) : -1
      colour = shaded >= 0 ? inks.scale[shaded]! : this.#means[seq] || colour
    }

    return passes(seq) ? colour : faint(colour, inks.paper)
  }
}

/** A colour an eighth as strong as it was, on paper; RGBA with red in the lowest byte. */
const faint = (colour: number, paper: number): number => {
  const mix = (shift: number) => ((((colour >>> shift) & 255) + ((paper >>> shift) & 255) * 7) >> 3) << shift

  return ((255 << 24) | mix(16) | mix(8) | mix(0)) >>> 0
}

function copyTile(
  from: Uint32Array,
  place: number,
  out: Uint32Array,
  at: number,
  width: number,
  paper: number | null,
): void {
  const line = tilesAcross * edge
  const start = Math.floor(place / tilesAcross) * edge * line + (place % tilesAcross) * edge
  for (let y = 0; y < edge; y++)
    for (let x = 0; x < edge; x++) {
      const colour = from[start + y * line + x]!
      out[at + y * width + x] = paper === null ? colour : faint(colour, paper)
    }
}

function fillTile(out: Uint32Array, at: number, width: number, colour: number): void {
  for (let y = 0; y < edge; y++) out.fill(colour, at + y * width, at + y * width + edge)
}

function meanOf(from: Uint32Array, place: number): number {
  const line = tilesAcross * edge
  const start = Math.floor(place / tilesAcross) * edge * line + (place % tilesAcross) * edge
  let [red, green, blue] = [0, 0, 0]
  for (let y = 0; y < edge; y++)
    for (let x = 0; x < edge; x++) {
      const colour = from[start + y * line + x]!
      red += colour & 255
      green += (colour >>> 8) & 255
      blue += (colour >>> 16) & 255
    }
  const count = edge * edge

  return ((255 << 24) | ((blue / count) << 16) | ((green / count) << 8) | (red / count)) >>> 0
}

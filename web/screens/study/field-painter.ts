import { type SheetGrid, sheetFrom } from '../../state/sheet.ts'
import type { Camera, DrawnCells, FieldOrders } from './field-orders.ts'
import type { Inks } from './inks.ts'
import { Overview } from './overview.ts'
import { type Flight, levels, paintField } from './paint-field.ts'
import { TileBlocks } from './tile-blocks.ts'

const flightMs = 200

type Begin = NonNullable<FieldOrders['begin']>

/** Paints the field as it is ordered to, at most once per frame. */
export class FieldPainter {
  readonly #canvas: OffscreenCanvas
  readonly #paper: OffscreenCanvasRenderingContext2D
  readonly #cells: DrawnCells
  readonly #blocks: TileBlocks
  readonly #overview: Overview
  readonly #onPainted: () => void
  #sharp = 1
  #sheet: SheetGrid | null = null
  #inks: Inks | null = null
  #faint: Uint8Array | null = null
  #shade: Int16Array | null = null
  #picked: ReadonlySet<number> = new Set()
  #camera: Camera | null = null
  #before: Omit<Flight, 'share'> | null = null
  #flight: { from: Omit<Flight, 'share'>; began: number } | null = null
  #frame = 0

  constructor(begin: Begin, onPainted: () => void) {
    this.#canvas = begin.canvas
    this.#paper = begin.canvas.getContext('2d')!
    this.#cells = { size: begin.status.length, status: begin.status, pictures: begin.pictures }
    this.#blocks = new TileBlocks(this.#cells, begin.address, (edge, block) => {
      if (edge === 8 && this.#sheet) this.#overview.touchBlock(this.#sheet, block)
      this.#soon()
    })
    this.#overview = new Overview(this.#cells, this.#blocks)
    this.#onPainted = onPainted
  }

  obey(orders: FieldOrders): void {
    const { room, sheet, inks, faint, shade, news, picked, camera } = orders
    if (room) {
      this.#sharp = room.sharp
      this.#canvas.width = Math.round(room.width * room.sharp)
      this.#canvas.height = Math.round(room.height * room.sharp)
    }
    if (inks) this.#inks = inks
    if (faint !== undefined) this.#faint = faint
    if (shade !== undefined) this.#shade = shade
    if (inks || faint !== undefined || shade !== undefined) this.#overview.reset()
    if (picked) this.#picked = picked
    if (camera) this.#camera = camera
    if (news) this.#hear(news)
    if (sheet) this.#rearrange(sheet)
    // A new size has emptied the paper: it is painted before anyone sees that.
    if (room) this.#paint()
    else this.#soon()
  }

  #hear({ seqs, status, pictures }: NonNullable<FieldOrders['news']>): void {
    for (let at = 0; at < seqs.length; at++) this.#cells.status[seqs[at]!] = status[at]!
    this.#cells.pictures.set(pictures)
    if (this.#sheet) this.#overview.touch(this.#sheet, seqs)
  }

  #rearrange({ source, still }: NonNullable<FieldOrders['sheet']>): void {
    this.#sheet = sheetFrom(source)
    this.#overview.reset()
    const large = (this.#camera?.layout.cellWidth ?? 0) >= levels.largeTiles
    if (this.#before && large && !still) this.#flight = { from: this.#before, began: performance.now() }
  }

  #soon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    this.#frame = 0
    const [paper, camera, sheet, inks] = [this.#paper, this.#camera, this.#sheet, this.#inks]
    paper.setTransform(this.#sharp, 0, 0, this.#sharp, 0, 0)
    paper.clearRect(0, 0, this.#canvas.width, this.#canvas.height)
    if (!camera || !sheet || !inks) return
    // Large tiles are asked for anew by every frame that shows them; small ones only by the painting of a piece.
    if (camera.layout.cellWidth >= levels.largeTiles) this.#blocks.moveOn()
    const begun = this.#flight
    const share = begun ? (performance.now() - begun.began) / flightMs : 1
    if (share >= 1) this.#flight = null
    const [faint, shade] = [this.#faint, this.#shade]
    paintField(paper, {
      ...camera,
      cells: this.#cells,
      blocks: this.#blocks,
      overview: this.#overview,
      picked: this.#picked,
      looks: {
        sheet,
        inks,
        passes: (seq) => !faint?.[seq],
        shade: shade && ((seq) => shade[seq]!),
      },
      flight: begun && share < 1 ? { ...begun.from, share: eased(share) } : null,
    })
    this.#before = { sheet, ...camera }
    this.#onPainted()
    if (this.#flight || this.#overview.unfinished) this.#soon()
  }
}

const eased = (share: number): number => 1 - (1 - share) ** 3

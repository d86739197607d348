import { statusByte } from '../../state/cell-store.ts'
import { cellsInBlock, type TileEdge, tilesAcross } from '../../wire/atlas.ts'
import type { DrawnCells } from './field-orders.ts'

/** A block of tiles that has come, and which of its cells it shows. */
export interface TileBlock {
  /** Small tiles, ready to be copied: RGBA, one number per pixel. */
  pixels: Uint32Array | null
  /** Large tiles, ready to be drawn. */
  bitmap: ImageBitmap | null
  covers: Uint8Array
}

type Kept = TileBlock & { pictures: number; at: number; used: number }

/** A browser holds six connections to a server, one of them for the stream. */
const atOnce = 4
/** A block that fills is made anew on the server every time, so not more often than this. */
const againMs = 3_000
/** Four megabytes each, decoded. */
const mostLarge = 24

/** The atlases of a study, fetched as they are needed and again when pictures have come since. */
export class TileBlocks {
  readonly #cells: DrawnCells
  readonly #address: string
  readonly #onBlock: (edge: TileEdge, block: number) => void
  readonly #kept = { 8: new Map<number, Kept>(), 32: new Map<number, Kept>() }
  readonly #wanted: { edge: TileEdge; block: number }[] = []
  readonly #later = new Map<string, ReturnType<typeof setTimeout>>()
  #gone = new AbortController()
  #running = 0
  #uses = 0

  constructor(cells: DrawnCells, address: string, onBlock: (edge: TileEdge, block: number) => void) {
    this.#cells = cells
    this.#address = address
    this.#onBlock = onBlock
  }

  /** What is there of a block; asks for it, or for a newer one, where that would show more. */
  block(edge: TileEdge, block: number): TileBlock | undefined {
    const known = this.#kept[edge].get(block)
    if (known) known.used = ++this.#uses
    const pictures = this.#cells.pictures[block] ?? 0
    if (pictures !== (known?.pictures ?? 0)) this.#want(edge, block, known)

    return known
  }

  /** Forgets what was asked for and has not begun: the reader has moved on. */
  moveOn(): void {
    this.#wanted.length = 0
  }

  close(): void {
    this.#gone.abort()
    this.#gone = new AbortController()
    for (const timer of this.#later.values()) clearTimeout(timer)
    this.#later.clear()
    this.moveOn()
  }

  #want(edge: TileEdge, block: number, known: Kept | undefined): void {
    const name = `${edge} ${block}`
    if (this.#later.has(name) || this.#wanted.some((each) => each.edge === edge && each.block === block))
      return
    const age = known ? performance.now() - known.at : againMs
    if (age < againMs) {
      const again = () => {
        this.#later.delete(name)
        this.#wanted.push({ edge, block })
        void this.#next()
      }
      this.#later.set(name, setTimeout(again, againMs - age))
      return
    }
    this.#wanted.push({ edge, block })
    void this.#next()
  }

  async #next(): Promise<void> {
    if (this.#running >= atOnce) return
    const next = this.#wanted.pop()
    if (!next) return
    this.#running++
    const { signal } = this.#gone
    try {
      await this.#fetch(next.edge, next.block, signal)
    } catch {
      // Status colours stand in for it; the next look asks again.
    } finally {
      this.#running--
    }
    if (!signal.aborted) void this.#next()
  }

  async #fetch(edge: TileEdge, block: number, signal: AbortSignal): Promise<void> {
    const from = block * cellsInBlock
    const pictures = this.#cells.pictures[block]!
    const covers = this.#cells.status
      .slice(from, from + cellsInBlock)
      .map((status) => (status === statusByte.done ? 1 : 0))
    const response = await fetch(`${this.#address}/atlas/${edge}-${block}.webp`, { signal })
    if (!response.ok) return
    const bitmap = await createImageBitmap(await response.blob())
    if (signal.aborted) return
    const kept = { covers, pictures, at: performance.now(), used: ++this.#uses }
    this.#kept[edge].get(block)?.bitmap?.close()
    if (edge === 8) {
      this.#kept[8].set(block, { ...kept, pixels: pixelsOf(bitmap), bitmap: null })
      bitmap.close()
    } else {
      this.#kept[32].set(block, { ...kept, pixels: null, bitmap })
      this.#forgetOldest()
    }
    this.#onBlock(edge, block)
  }

  #forgetOldest(): void {
    const large = this.#kept[32]
    if (large.size <= mostLarge) return
    const [block, kept] = [...large].reduce((oldest, each) => (each[1].used < oldest[1].used ? each : oldest))
    kept.bitmap?.close()
    large.delete(block)
  }
}

let scratch: OffscreenCanvasRenderingContext2D | null = null

function pixelsOf(bitmap: ImageBitmap): Uint32Array {
  const edge = tilesAcross * 8
  scratch ??= new OffscreenCanvas(edge, edge).getContext('2d', { willReadFrequently: true })
  scratch!.drawImage(bitmap, 0, 0)

  return new Uint32Array(scratch!.getImageData(0, 0, edge, edge).data.buffer)
}

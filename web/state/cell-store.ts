import { cellsInBlock } from '../wire/atlas.ts'
import { type PackedCell, unpackCells } from '../wire/columns.ts'
import type { Progress, WireCell, WireFrame } from '../wire/study.ts'

/** A cell as screens know it; where it lies follows from its `seq`, and its render key is the server's business. */
export type StoreCell = Omit<WireCell, 'coords' | 'renderKey'> & {
  /** False while only its packed record is known: no error, note, device, seconds or measures yet. */
  whole: boolean
}

/** What one cell of the grid draws: what the ledger says, and the growing picture while it renders. */
export interface CellView {
  cell: StoreCell
  preview: { step: number; of: number; url: string | null } | null
}

/** `since` is when the last word came, in milliseconds since 1970. */
export type Connection = { state: 'live' } | { state: 'lost'; since: number; says: string | null }

/** One byte per cell, the same numbers as in a status line and in packed cells. */
export const statusByte = { unknown: 0, excluded: 1, queued: 2, rendering: 3, done: 4, failed: 5 } as const

/** Packed into one byte; the rating stands in bits 2 to 4. */
export const markBits = { star: 1, reject: 2, ratingShift: 2, reused: 32, note: 64 } as const

/** Whole cells kept by size of study: beyond this, only those that someone watches. */
const mostWhole = 4_000
const shaBytes = 32

/** Hears which cells changed. */
type Listener = (seqs: Iterable<number>) => void

/** What a study's screen begins with: whole cells, or, for a large study, one digit per cell. */
export interface StoreStart {
  size: number
  version: string
  /** Of the study's file. */
  edition: number
  progress: Progress
  cells?: readonly WireCell[]
  statusLine?: string
}

/**
 * The live cells of a study, outside React: columns of bytes for all of them, objects only for those someone looks at.
 * A frame touches some cells, and only whoever watches those is told. Snapshots are replaced, never changed, as
 * `useSyncExternalStore` asks.
 */
export class CellStore {
  readonly size: number
  /** `statusByte` of each cell by seq. */
  readonly status: Uint8Array
  /** `markBits` of each cell by seq. */
  readonly marks: Uint8Array
  /** Measures by name, once asked for or seen; NaN where not known. */
  readonly measures = new Map<string, Float32Array>()
  /** Of all measures that some cell is known to have. */
  readonly measureNames = new Set<string>()
  /** Grows for each block of an atlas with every picture that comes or changes in it. */
  readonly pictures: Uint32Array
  readonly #shas: Uint8Array
  readonly #sizes: Uint16Array
  readonly #whole = new Map<number, StoreCell>()
  readonly #previews = new Map<number, NonNullable<CellView['preview']>>()
  readonly #views = new Map<number, CellView>()
  readonly #watchers = new Map<number, Set<Listener>>()
  readonly #all = new Set<Listener>()
  /** Cells that the stream changed while packed ones were under way, which may be older. */
  #freshSince: Set<number> | null = null
  #complete: boolean
  #edition: number
  #progress: Progress
  #connection: Connection = { state: 'live' }
  #version: string
  #changes = 0

  constructor(start: StoreStart) {
    this.size = start.size
    this.status = new Uint8Array(start.size)
    this.marks = new Uint8Array(start.size)
    this.pictures = new Uint32Array(Math.ceil(start.size / cellsInBlock))
    this.#shas = new Uint8Array(start.size * shaBytes)
    this.#sizes = new Uint16Array(start.size * 2)
    this.#version = start.version
    this.#progress = start.progress
    this.#edition = start.edition
    this.#complete = start.statusLine === undefined
    for (const cell of start.cells ?? []) this.#put(cell)
    const { statusLine = '' } = start
    for (let seq = 0; seq < statusLine.length; seq++) this.#setStatus(seq, statusLine.charCodeAt(seq) - 48)
  }

  get version(): string {
    return this.#version
  }

  /** False while more than its status is still to come of some cells. */
  get complete(): boolean {
    return this.#complete
  }

  cell = (seq: number): CellView | undefined => {
    const known = this.#views.get(seq)
    if (known) return known
    if (!this.status[seq]) return undefined
    const view = { cell: this.#whole.get(seq) ?? this.#packed(seq), preview: this.#previews.get(seq) ?? null }
    if (this.#views.size > mostWhole) this.#forgetUnwatched()
    this.#views.set(seq, view)

    return view
  }
  /** Grows when somebody changes the study's axes: the cells are then others. */
  edition = (): number => this.#edition
  progress = (): Progress => this.#progress
  connection = (): Connection => this.#connection
  /** Grows with every change; for drawings that show all cells at once. */
  changes = (): number => this.#changes

  hasPicture(seq: number): boolean {
    return this.status[seq] === statusByte.done
  }

  /** The least and the most of a measure over the cells; 0 and 1 while none is known. */
  measureBounds(name: string): { least: number; most: number } {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const value of this.measures.get(name) ?? []) {
      if (value < least) least = value
      if (value > most) most = value
    }

    return least <= most ? { least, most } : { least: 0, most: 1 }
  }

  watchCell(seq: number, listener: Listener): () => void {
    const watchers = this.#watchers.get(seq) ?? new Set()
    watchers.add(listener)
    this.#watchers.set(seq, watchers)

    return () => {
      watchers.delete(listener)
      if (watchers.size === 0) this.#watchers.delete(seq)
    }
  }

  watchAll = (listener: Listener): (() => void) => {
    this.#all.add(listener)

    return () => this.#all.delete(listener)
  }

  apply(frame: WireFrame): void {
    const touched = new Set<number>()
    for (const cell of frame.cells) {
      this.#put(cell)
      this.#freshSince?.add(cell.seq)
      touched.add(cell.seq)
    }
    for (const { seqs, step, of, webp } of frame.previews) {
      for (const seq of seqs) {
        if (this.status[seq] !== statusByte.rendering) continue
        const url = webp === null ? (this.#previews.get(seq)?.url ?? null) : `data:image/webp;base64,${webp}`
        this.#previews.set(seq, { step, of, url })
        touched.add(seq)
      }
    }
    this.#version = frame.version
    this.#progress = frame.progress
    this.#edition = frame.edition
    this.#tell(touched)
  }

  /** From now on, packed cells that arrive do not undo what the stream says. */
  beginPacked(): void {
    this.#freshSince = new Set()
    this.#complete = false
  }

  endPacked(complete: boolean): void {
    this.#freshSince = null
    this.#complete = complete
  }

  putPacked(records: Uint8Array): void {
    const touched: number[] = []
    unpackCells(records, (cell, sha) => {
      const { seq } = cell
      const whole = this.#whole.get(seq)
      // A whole cell was read later than the study's records began to come, and tells more.
      if (
        seq >= this.size ||
        this.#freshSince?.has(seq) ||
        (whole && statusByte[whole.status] === cell.status)
      )
        return
      this.#setColumns(cell)
      this.#shas.set(sha, seq * shaBytes)
      this.#whole.delete(seq)
      touched.push(seq)
    })
    this.#tell(touched)
  }

  /** `column` may be shorter than the study while its cells are still being queued. */
  putMeasure(name: string, column: Float32Array): void {
    const whole = new Float32Array(this.size).fill(Number.NaN)
    whole.set(column.subarray(0, this.size))
    this.measures.set(name, whole)
    this.measureNames.add(name)
    this.#tell([])
  }

  /** Cells read one by one, as they stand in the ledger now. */
  putCells(cells: readonly WireCell[]): void {
    for (const cell of cells) {
      this.#put(cell)
      this.#whole.set(cell.seq, toStoreCell(cell))
    }
    this.#tell(cells.map(({ seq }) => seq))
  }

  /** Cells changed by this reader's own hand, ahead of the stream. */
  change(seqs: readonly number[], change: Partial<Pick<StoreCell, 'rating' | 'mark' | 'note'>>): void {
    for (const seq of seqs) {
      const known = this.cell(seq)?.cell
      if (!known) continue
      const cell = { ...known, ...change }
      if (known.whole) this.#whole.set(seq, cell)
      this.marks[seq] = marksOf({ ...cell, hasNote: cell.note !== null })
      this.#views.delete(seq)
    }
    this.#tell(seqs)
  }

  connect(connection: Connection): void {
    if (connection.state === 'live' && this.#connection.state === 'live') return
    this.#connection = connection
    this.#tell([])
  }

  setProgress(progress: Progress): void {
    this.#progress = progress
    this.#tell([])
  }

  #put(cell: WireCell): void {
    const { seq } = cell
    if (seq >= this.size) return
    const { image } = cell
    this.#setColumns({
      seq,
      status: statusByte[cell.status],
      mark: cell.mark,
      rating: cell.rating ?? 0,
      reused: cell.reused,
      hasNote: cell.note !== null,
      width: cell.width ?? 0,
      height: cell.height ?? 0,
    })
    for (let at = 0; at < shaBytes; at++)
      this.#shas[seq * shaBytes + at] = image ? Number.parseInt(image.slice(at * 2, at * 2 + 2), 16) : 0
    for (const name of Object.keys(cell.metrics ?? {})) {
      this.measureNames.add(name)
      // In a large study a column comes whole, when someone asks for it.
      if (!this.measures.has(name) && this.size <= mostWhole)
        this.measures.set(name, new Float32Array(this.size).fill(Number.NaN))
    }
    for (const [name, column] of this.measures) column[seq] = cell.metrics?.[name] ?? Number.NaN
    if (this.size <= mostWhole || this.#watchers.has(seq)) this.#whole.set(seq, toStoreCell(cell))
    else this.#whole.delete(seq)
  }

  #setColumns(cell: PackedCell): void {
    const { seq } = cell
    this.#setStatus(seq, cell.status)
    this.marks[seq] = marksOf(cell)
    this.#sizes[seq * 2] = cell.width
    this.#sizes[seq * 2 + 1] = cell.height
    if (cell.status !== statusByte.rendering) this.#previews.delete(seq)
  }

  #forgetUnwatched(): void {
    for (const seq of this.#views.keys()) if (!this.#watchers.has(seq)) this.#views.delete(seq)
  }

  #setStatus(seq: number, status: number): void {
    if (status === statusByte.done && this.status[seq] !== status)
      this.pictures[Math.floor(seq / cellsInBlock)]!++
    this.status[seq] = status
  }

  #packed(seq: number): StoreCell {
    const sha = this.#shas.subarray(seq * shaBytes, (seq + 1) * shaBytes)
    const image = sha.some((byte) => byte !== 0) ? hex(sha) : null
    const bits = this.marks[seq]!
    const rating = ratingOf(bits)

    return {
      seq,
      status: statusNames[this.status[seq]!]!,
      image,
      width: image && this.#sizes[seq * 2]!,
      height: image && this.#sizes[seq * 2 + 1]!,
      rating: rating === 0 ? null : (rating as StoreCell['rating']),
      mark: bits & markBits.star ? 'star' : bits & markBits.reject ? 'reject' : null,
      reused: (bits & markBits.reused) !== 0,
      ...{ step: null, of: null, error: null, seconds: null, device: null, metrics: null, note: null },
      whole: false,
    } as StoreCell
  }

  #tell(touched: Iterable<number>): void {
    this.#changes++
    for (const seq of touched) {
      this.#views.delete(seq)
      for (const listener of this.#watchers.get(seq) ?? []) listener(touched)
    }
    for (const listener of this.#all) listener(touched)
  }
}

const statusNames = ['queued', 'excluded', 'queued', 'rendering', 'done', 'failed'] as const

/** 1 to 5, or 0 for none. */
export const ratingOf = (bits: number): number => (bits >> markBits.ratingShift) & 7

const marksOf = (
  cell: Pick<PackedCell, 'mark' | 'reused'> & { rating: number | null } & { hasNote: boolean },
): number =>
  (cell.mark === 'star' ? markBits.star : cell.mark === 'reject' ? markBits.reject : 0) |
  ((cell.rating ?? 0) << markBits.ratingShift) |
  (cell.reused ? markBits.reused : 0) |
  (cell.hasNote ? markBits.note : 0)

const toStoreCell = ({ coords: _, renderKey: __, ...cell }: WireCell): StoreCell => ({ ...cell, whole: true })

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

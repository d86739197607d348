import type { Progress, WireCell, WireFrame } from '../wire/study.ts'

/** What one cell of the grid draws: what the ledger says, and the growing picture while it renders. */
export interface CellView {
  cell: WireCell
  preview: { step: number; of: number; url: string | null } | null
}

export type Connection = { state: 'live' } | { state: 'lost'; says: string }

/** One byte per cell for the minimap and for counting. */
export const statusByte = { unknown: 0, excluded: 1, queued: 2, rendering: 3, done: 4, failed: 5 } as const

type Listener = () => void

/**
 * The live cells of a study, outside React: a frame touches some cells, and only whoever watches those is told.
 * Snapshots are replaced, never changed, as `useSyncExternalStore` asks.
 */
export class CellStore {
  /** `statusByte` of each cell by seq. */
  readonly status: Uint8Array
  readonly #views = new Map<number, CellView>()
  readonly #seqsOfRender = new Map<string, Set<number>>()
  readonly #watchers = new Map<number, Set<Listener>>()
  readonly #all = new Set<Listener>()
  #progress: Progress
  #connection: Connection = { state: 'live' }
  #version: string
  #changes = 0

  constructor(start: { size: number; version: string; progress: Progress; cells: readonly WireCell[] }) {
    this.status = new Uint8Array(start.size)
    this.#version = start.version
    this.#progress = start.progress
    for (const cell of start.cells) this.#put(cell)
  }

  get version(): string {
    return this.#version
  }

  cell = (seq: number): CellView | undefined => this.#views.get(seq)
  progress = (): Progress => this.#progress
  connection = (): Connection => this.#connection
  /** Grows with every change; for drawings that show all cells at once. */
  changes = (): number => this.#changes

  /** Every cell the store knows, in no order. */
  cells(): Iterable<WireCell> {
    return [...this.#views.values()].map((view) => view.cell)
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
      touched.add(cell.seq)
    }
    for (const { renderKey, step, of, webp } of frame.previews) {
      for (const seq of this.#seqsOfRender.get(renderKey) ?? []) {
        const view = this.#views.get(seq)!
        if (view.cell.status !== 'rendering') continue
        const url = webp === null ? (view.preview?.url ?? null) : `data:image/webp;base64,${webp}`
        this.#views.set(seq, { ...view, preview: { step, of, url } })
        touched.add(seq)
      }
    }
    this.#version = frame.version
    this.#progress = frame.progress
    this.#tell(touched)
  }

  /** One cell changed by this reader's own hand, ahead of the stream. */
  put(cell: WireCell): void {
    this.#put(cell)
    this.#tell([cell.seq])
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
    const before = this.#views.get(cell.seq)
    if (before && before.cell.renderKey !== cell.renderKey)
      this.#seqsOfRender.get(before.cell.renderKey)?.delete(cell.seq)
    const sharing = this.#seqsOfRender.get(cell.renderKey) ?? new Set()
    sharing.add(cell.seq)
    this.#seqsOfRender.set(cell.renderKey, sharing)

    const stillGrowing = cell.status === 'rendering' && before?.cell.renderKey === cell.renderKey
    this.#views.set(cell.seq, { cell, preview: stillGrowing ? before.preview : null })
    this.status[cell.seq] = statusByte[cell.status]
  }

  #tell(seqs: Iterable<number>): void {
    this.#changes++
    for (const seq of seqs) for (const listener of this.#watchers.get(seq) ?? []) listener()
    for (const listener of this.#all) listener()
  }
}

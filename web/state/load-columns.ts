import { columnsAtOnce, unpackMeasure } from '../wire/columns.ts'
import type { WireCell } from '../wire/study.ts'
import type { CellStore } from './cell-store.ts'

/**
 * Fetches the packed records of all cells, a stretch at a time, so that no stretch keeps the page from answering.
 * What the stream says meanwhile stays. What cannot be had is asked for again with the next stream.
 */
export async function loadColumns(store: CellStore, address: string, signal: AbortSignal): Promise<void> {
  store.beginPacked()
  let from = 0
  try {
    for (; from < store.size; from += columnsAtOnce) {
      const response = await fetch(`${address}/columns?from=${from}&to=${from + columnsAtOnce}`, { signal })
      if (!response.ok) return
      store.putPacked(new Uint8Array(await response.arrayBuffer()))
    }
  } catch {
    // The stream that asked for them has ended as well, or will soon; the next one begins anew.
  } finally {
    store.endPacked(from >= store.size)
  }
}

/** Fetches one measure of all cells, unless the store has it. */
export async function loadMeasure(store: CellStore, address: string, name: string): Promise<void> {
  if (store.measures.has(name)) return
  const response = await fetch(`${address}/measures/${encodeURIComponent(name)}`)
  if (response.ok) store.putMeasure(name, unpackMeasure(new Uint8Array(await response.arrayBuffer())))
}

const soonMs = 60
const mostAtOnce = 200

/** Fetches whole cells for those who ask one by one, together. */
export class WholeCells {
  readonly #store: CellStore
  readonly #address: string
  readonly #asked = new Set<number>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(store: CellStore, address: string) {
    this.#store = store
    this.#address = address
  }

  want(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const view = this.#store.cell(seq)
      if (view && !view.cell.whole) this.#asked.add(seq)
    }
    if (this.#asked.size > 0) this.#timer ??= setTimeout(() => void this.#fetch(), soonMs)
  }

  async #fetch(): Promise<void> {
    this.#timer = undefined
    const seqs = [...this.#asked].slice(0, mostAtOnce)
    for (const seq of seqs) this.#asked.delete(seq)
    const response = await fetch(`${this.#address}/cells?seqs=${seqs.join(',')}`).catch(() => null)
    if (response?.ok) this.#store.putCells(((await response.json()) as { cells: WireCell[] }).cells)
    if (this.#asked.size > 0) this.want([])
  }
}

import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { Band } from '../canvas.ts'
import type { Sums } from './filter-up.ts'
import { mostPacked, type Packed, packRows } from './pack-rows.ts'
import type { PackingJob } from './packing-thread.ts'

/** Threads of one print; more would take their work from the drawing. */
const mostThreads = 4
/** Bands in the making besides those that are packed: one that is drawn, one that is written. */
const spareRooms = 2

/** A packed band. Its bytes are valid until `done` is called. */
export interface PackedBand {
  sums: Sums
  bytes: Uint8Array
  done(): void
}

/** Memory of one band with the row above it, and of what it is packed into; used again for later bands. */
interface Room {
  words: Uint32Array
  out: Uint32Array
}

/**
 * Packs bands in threads of their own, in memory that is taken once: what a large page costs is touching memory, and
 * fresh memory costs the most. Pages for which threads are not worth their start are packed where they are drawn.
 */
export class Packers {
  readonly #stride: number
  readonly #rowBytes: number
  readonly #rows: number
  readonly #threads: Thread[]
  readonly #free: Room[] = []
  readonly #waiting: ((room: Room) => void)[] = []
  readonly #rooms = new Map<Uint8Array, Room>()
  #last: Uint32Array
  #made = 0
  #turn = 0

  private constructor(page: { rowBytes: number; rows: number }, threads: Thread[]) {
    this.#rowBytes = page.rowBytes
    this.#rows = page.rows
    this.#stride = Math.ceil(page.rowBytes / 4)
    this.#last = new Uint32Array(this.#stride)
    this.#threads = threads
  }

  /** For bands of so many rows at most. */
  static async open({
    isLarge,
    ...page
  }: {
    rowBytes: number
    rows: number
    isLarge: boolean
  }): Promise<Packers> {
    if (!isLarge) return new Packers(page, [])
    const script = await threadScript()
    const count = Math.min(mostThreads, availableParallelism())

    return new Packers(
      page,
      Array.from({ length: count }, () => new Thread(script)),
    )
  }

  /** Bands that may wait for each other; more would wait for ever. */
  get atOnce(): number {
    return this.#threads.length + spareRooms - 1
  }

  /** Memory for the pixels of the next band; waits until there is some. */
  room = async (): Promise<Uint8Array> => {
    const room = this.#free.pop() ?? (this.#made <= this.atOnce ? this.#make() : await this.#released())
    const pixels = new Uint8Array(room.words.buffer, 4 * this.#stride)
    this.#rooms.set(pixels, room)

    return pixels
  }

  async pack(band: Band): Promise<PackedBand> {
    const { height } = band
    const above = this.#last
    const room = this.#take(band)
    const { words, out } = room
    words.set(above)
    const rows = { words, stride: this.#stride, rowBytes: this.#rowBytes, count: height }
    const thread = this.#threads[this.#turn++ % Math.max(1, this.#threads.length)]
    const { length, ...sums } = thread ? await thread.pack({ rows, out }) : packRows(rows, out)

    return { sums, bytes: new Uint8Array(out.buffer, 0, length), done: () => this.#release(room) }
  }

  /** A band that is there already: its last row is the one above the next. */
  skip(band: Band): void {
    this.#release(this.#take(band))
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }

  #take({ pixels, height }: Band): Room {
    const room = this.#rooms.get(pixels)!
    this.#rooms.delete(pixels)
    this.#last = room.words.slice(height * this.#stride, (height + 1) * this.#stride)

    return room
  }

  #make(): Room {
    this.#made++
    const memory = (bytes: number) =>
      new Uint32Array(this.#threads.length > 0 ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))

    return {
      words: memory(4 * this.#stride * (this.#rows + 1)),
      out: memory(4 * Math.ceil(mostPacked(this.#stride, this.#rows) / 4)),
    }
  }

  #released(): Promise<Room> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(room: Room): void {
    const next = this.#waiting.shift()
    if (next) next(room)
    else this.#free.push(room)
  }
}

let bundled: Promise<string> | undefined

/** What a thread runs, in one piece: threads know nothing of TypeScript. Made once per process. */
function threadScript(): Promise<string> {
  bundled ??= build({
    entryPoints: [join(import.meta.dirname, 'packing-thread.ts')],
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node20' },
  }).then(({ outputFiles }) => outputFiles[0]!.text)

  return bundled
}

/** A thread that packs one band after the other, in the order in which they are asked. */
class Thread {
  readonly #worker: Worker
  readonly #asked: { resolve: (packed: Packed) => void; reject: (error: unknown) => void }[] = []

  constructor(script: string) {
    this.#worker = new Worker(script, { eval: true })
    this.#worker.on('message', (packed: Packed) => this.#asked.shift()!.resolve(packed))
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#asked.splice(0)) reject(error)
    })
  }

  pack(job: PackingJob): Promise<Packed> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject })
      this.#worker.postMessage(job)
    })
  }

  end(): Promise<number> {
    return this.#worker.terminate()
  }
}

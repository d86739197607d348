import { readEvents } from '../wire/read-events.ts'
import type { WireFrame } from '../wire/study.ts'
import type { CellStore } from './cell-store.ts'
import { loadColumns } from './load-columns.ts'

/** The server says something at least every ten seconds; more silence than this is a dead line. */
const silenceMs = 25_000
/** A tab nobody looks at gives its connection back: a browser holds six per server, over all its tabs. */
const hiddenMs = 30_000
const firstWaitMs = 500
const longestWaitMs = 8_000

/**
 * Keeps a store up to date until the returned function is called: one stream, opened again from the version the store
 * has whenever it ends, goes silent or its tab comes back to sight. So nothing is missed, whatever happened between.
 *
 * @param address of the study in the API, as in `/api/studies/<id>`
 */
export function connectStudy(store: CellStore, address: string): () => void {
  const line = new Line(store, address)
  void line.follow()
  const leave = watchSight(line)

  return () => {
    leave()
    line.end()
  }
}

class Line {
  readonly #store: CellStore
  readonly #address: string
  #ended = false
  #resting = false
  #heard = Date.now()
  #open = new AbortController()
  #wake: (() => void) | null = null

  constructor(store: CellStore, address: string) {
    this.#store = store
    this.#address = address
  }

  async follow(): Promise<void> {
    let wait = firstWaitMs
    while (!this.#ended) {
      const heardBefore = this.#heard
      const says = await this.#listen()
      if (this.#ended) return
      if (!this.#resting) this.#store.connect({ state: 'lost', since: this.#heard, says })
      wait = this.#heard > heardBefore ? firstWaitMs : Math.min(wait * 2, longestWaitMs)
      await this.#sleep(this.#resting ? Number.POSITIVE_INFINITY : wait)
    }
  }

  /** Lets go until `resume`: the tab is out of sight. */
  rest(): void {
    this.#resting = true
    this.#open.abort()
  }

  resume(): void {
    this.#resting = false
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#open.abort()
    this.#wake?.()
  }

  /** Reads one stream to its end; answers with what the server said about it, if anything. */
  async #listen(): Promise<string | null> {
    this.#open = new AbortController()
    const { signal } = this.#open
    const alarm = new Alarm(() => this.#open.abort())
    try {
      const response = await fetch(`${this.#address}/events?after=${this.#store.version}`, {
        signal,
        cache: 'no-store',
      })
      if (!response.ok || !response.body) return await refusal(response)
      if (!this.#store.complete) void loadColumns(this.#store, this.#address, signal)
      for await (const { name, data } of readEvents(response.body)) {
        alarm.delay()
        if (name === 'trouble') {
          this.#store.connect({ state: 'lost', since: this.#heard, says: said(data) })
          continue
        }
        this.#heard = Date.now()
        if (name === 'frame') this.#store.apply(JSON.parse(data) as WireFrame)
        if (name === 'behind') void loadColumns(this.#store, this.#address, signal)
        this.#store.connect({ state: 'live' })
      }
      return null
    } catch {
      // A line that broke tells nothing but that it did.
      return null
    } finally {
      alarm.off()
    }
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }
}

/** Rings after `silenceMs` without `delay`. After a sleep of the machine it rings at once. */
class Alarm {
  readonly #ring: () => void
  #timer: ReturnType<typeof setTimeout>

  constructor(ring: () => void) {
    this.#ring = ring
    this.#timer = setTimeout(ring, silenceMs)
  }

  delay(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#ring, silenceMs)
  }

  off(): void {
    clearTimeout(this.#timer)
  }
}

const said = (data: string): string => (JSON.parse(data) as { message: string }).message

async function refusal(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { error?: { message: string } } | null

  return body?.error?.message ?? `The server answered ${response.status}.`
}

/** Rests the line while its tab is out of sight, and tries at once when the tab or the network comes back. */
function watchSight(line: Line): () => void {
  if (typeof document === 'undefined') return () => undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(() => line.rest(), hiddenMs)
    else line.resume()
  }
  const online = () => line.resume()
  document.addEventListener('visibilitychange', look)
  window.addEventListener('online', online)

  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
    window.removeEventListener('online', online)
  }
}

export interface Patience {
  /** Until the first step: a pack is opened, graphs are built, weights are uploaded. */
  firstMs: number
  /** Between steps at the least, and as a multiple of the longest step so far. */
  leastMs: number
  times: number
}

export const patience: Patience = { firstMs: 20 * 60_000, leastMs: 2 * 60_000, times: 30 }
/** A worker that was itself stopped for a while first hears what came in meanwhile. */
const graceMs = 1_000

/**
 * Notices a renderer that hangs: it lives, but has taken no step for much longer than any step took before. A driver
 * that waits for ever looks like this, and no heartbeat tells.
 */
export class StepWatch {
  #timer: NodeJS.Timeout | undefined
  #longest = 0
  #last = performance.now()
  #hasStepped = false

  /** @param onHang told the seconds without a step, once */
  constructor(
    private readonly options: Patience,
    private readonly onHang: (seconds: number) => void,
  ) {
    this.#wait(options.firstMs)
  }

  step(): void {
    const now = performance.now()
    if (this.#hasStepped) this.#longest = Math.max(this.#longest, now - this.#last)
    this.#hasStepped = true
    this.#last = now
    this.#wait(Math.max(this.options.leastMs, this.options.times * this.#longest))
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(
        () => this.onHang(Math.round((performance.now() - this.#last) / 1_000)),
        graceMs,
      )
    }, ms)
  }
}

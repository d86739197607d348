import { setTimeout as sleep } from 'node:timers/promises'
import { type Ledger, reportProgress } from '#prisma'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'

export interface Progress {
  step: number
  of: number
  preview?: Uint8Array
}

const betweenMs = 200

/**
 * Writes the latest progress of one render into the ledger, at most five times a second, one write at a time. What it
 * misses it never catches up on: only the newest matters. A ledger that is away does not hold the render up.
 */
export class ProgressWriter {
  #latest: Progress | null = null
  #busy = false
  #closed = false

  constructor(
    private readonly options: { ledger: Ledger; key: string; claim: string; log: Logger; onLost: () => void },
  ) {}

  write(progress: Progress): void {
    this.#latest = { ...progress, preview: progress.preview ?? this.#latest?.preview }
    if (!this.#busy) void this.#writeAll()
  }

  /** The render has ended: nothing more is written, and what a write under way finds does not matter any more. */
  close(): void {
    this.#closed = true
  }

  async #writeAll(): Promise<void> {
    const { ledger, key, claim, log, onLost } = this.options
    this.#busy = true
    while (this.#latest && !this.#closed) {
      const progress = this.#latest
      this.#latest = null
      try {
        const held = await reportProgress(ledger, { key, claim, ...progress })
        if (!held && !this.#closed) onLost()
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'progress not written')
      }
      await sleep(betweenMs, undefined, { ref: false })
    }
    this.#busy = false
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger } from '#prisma'

export interface DoneRender {
  key: string
  image: string
  finishedAt: string
  device: string
}

/** Sees every render become done, and every one that changes afterwards: none may. */
export class Watch {
  readonly #seen = new Map<string, DoneRender>()
  readonly changed: string[] = []

  constructor(private readonly ledger: Ledger) {}

  get count(): number {
    return this.#seen.size
  }

  async look(): Promise<void> {
    const { rows } = await this.ledger.pool.query<DoneRender>(
      `select key, image, "finishedAt"::text, device from "Render" where status = 'done'`,
    )
    const found = new Map(rows.map((row) => [row.key, row]))
    for (const [key, before] of this.#seen) {
      const now = found.get(key)
      if (!now) this.changed.push(`${key} was done and is not any more`)
      else if (JSON.stringify(now) !== JSON.stringify(before))
        this.changed.push(`${key} was done by ${before.device} and again by ${now.device}`)
    }
    for (const [key, row] of found) this.#seen.set(key, row)
  }

  /** Looks every second until the signal; a ledger that is just being killed is asked again. */
  async until(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look().catch(() => undefined)
      await sleep(1_000, undefined, { signal }).catch(() => undefined)
    }
  }
}

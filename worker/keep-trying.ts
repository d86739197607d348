import { setTimeout as sleep } from 'node:timers/promises'
import { TeststripError } from '#study'
import type { Logger } from './log.ts'

export interface KeepTryingOptions {
  /** What is being tried, for the log: 'open the ledger'. */
  what: string
  log: Logger
  /** Ends the trying; the last error is thrown. */
  signal?: AbortSignal
  /** Give up after this long; default: never. */
  forMs?: number
  firstMs?: number
  mostMs?: number
}

/**
 * Runs `attempt` until it succeeds, with growing pauses. Postgres and Temporal may be away at start or in between: a
 * worker waits for them, it never leaves. Errors that trying again cannot mend are thrown at once.
 */
export async function keepTrying<T>(options: KeepTryingOptions, attempt: () => Promise<T>): Promise<T> {
  const { what, log, signal, forMs = Number.POSITIVE_INFINITY, firstMs = 250, mostMs = 5_000 } = options
  const started = Date.now()

  for (let tries = 1; ; tries++) {
    try {
      const result = await attempt()
      if (tries > 1) log.info({ what, tries }, 'back again')

      return result
    } catch (error) {
      const pause = Math.min(mostMs, firstMs * 2 ** (tries - 1))
      if (isLasting(error) || signal?.aborted || Date.now() - started + pause > forMs) throw error

      log.warn({ what, tries, retryInMs: pause, reason: reasonOf(error) }, 'could not, will try again')
      await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined)
    }
  }
}

const lasting = new Set(['invalid_input', 'not_found', 'conflict', 'pack_invalid'])
const isLasting = (error: unknown): boolean => error instanceof TeststripError && lasting.has(error.code)

/** One line for the log: connection errors of several addresses come as an AggregateError without a message. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ')
  if (error instanceof Error) return error.message

  return String(error)
}

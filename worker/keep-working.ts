import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from '@temporalio/worker'
import { keepTrying, reasonOf } from './keep-trying.ts'
import type { Logger } from './log.ts'

export interface KeepWorkingOptions {
  /** The queue it polls, for the log. */
  queue: string
  create: () => Promise<Worker>
  log: Logger
  signal: AbortSignal
  onPolling: () => void
}

/**
 * Runs one Temporal worker until the signal, then drains it. Should it fail in between (its server was replaced, its
 * namespace is not there yet), a new one takes its place.
 */
export async function keepWorking({
  queue,
  create,
  log,
  signal,
  onPolling,
}: KeepWorkingOptions): Promise<void> {
  while (!signal.aborted) {
    const worker = await keepTrying({ what: `poll ${queue}`, log, signal }, create)
    const stop = (): void => {
      if (worker.getState() === 'RUNNING') worker.shutdown()
    }
    signal.addEventListener('abort', stop, { once: true })
    try {
      const run = worker.run()
      onPolling()
      if (signal.aborted) stop()
      await run
    } catch (error) {
      log.error({ queue, reason: reasonOf(error) }, 'worker fell over, starting another')
      await sleep(1_000, undefined, { signal }).catch(() => undefined)
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }
}

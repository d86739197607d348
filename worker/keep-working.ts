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
  /** While it is closed nothing is polled, so that others get the work. */
  gate?: Gate
}

export interface Gate {
  readonly isOpen: boolean
  /** Calls `listener` after every change, until what it returns is called. */
  onChange(listener: () => void): () => void
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
  gate,
}: KeepWorkingOptions): Promise<void> {
  while (!signal.aborted) {
    if (gate) await opened(gate, signal)
    if (signal.aborted) return
    const worker = await keepTrying({ what: `poll ${queue}`, log, signal }, create)
    const stop = (): void => {
      if (worker.getState() === 'RUNNING') worker.shutdown()
    }
    signal.addEventListener('abort', stop, { once: true })
    const leave = gate?.onChange(() => {
      if (!gate.isOpen) stop()
    })
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
      leave?.()
    }
  }
}

function opened(gate: Gate, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!gate.isOpen && !signal.aborted) return
      leave()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const leave = gate.onChange(look)
    signal.addEventListener('abort', look, { once: true })
    look()
  })
}

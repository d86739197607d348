import { DefaultLogger, type LogEntry, Runtime } from '@temporalio/worker'
import { type Logger, pino } from 'pino'

export type { Logger }

/** One JSON object a line on stdout, levels as words. */
export const createLog = (options: { level: string }): Logger =>
  pino({
    level: options.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  })

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const

/**
 * Temporal's own lines go through the same log, and its runtime leaves the signals to us: on SIGTERM the renderers
 * must save their checkpoints first.
 */
export function installRuntime(log: Logger): void {
  const temporal = log.child({ from: 'temporal' })
  const write = (entry: LogEntry): void => {
    // A queue of renders has no workflows, and is meant to have none.
    const level = entry.message.startsWith('No workflows registered') ? 'debug' : levels[entry.level]
    temporal[level]({ ...entry.meta }, entry.message)
  }
  Runtime.install({ logger: new DefaultLogger('WARN', write), shutdownSignals: [] })
}

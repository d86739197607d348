import { parseArgs } from 'node:util'
import { argumentsSchema, readEnvironment } from './environment.ts'
import { reasonOf } from './keep-trying.ts'
import { createLog, installRuntime } from './log.ts'
import { startWorker } from './start-worker.ts'

/** `tsx worker/main.ts --role studio|render|all --devices cpu --batch 1`: one worker process of the fleet. */
const shutdownMs = 10_000

try {
  const { values } = parseArgs({
    options: { role: { type: 'string' }, devices: { type: 'string' }, batch: { type: 'string' } },
  })
  const { role, devices, batch } = argumentsSchema.parse(values)
  const environment = readEnvironment(process.env)
  const log = createLog({ level: environment.logLevel })
  installRuntime(log)

  const stopping = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    if (stopping.signal.aborted) return
    log.info({ signal: name }, 'worker stopping')
    stopping.abort()
    setTimeout(() => process.exit(1), shutdownMs).unref()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  await startWorker({ environment, role, devices, batch, log, signal: stopping.signal })
  log.info('worker stopped')
  process.exit(0)
} catch (error) {
  console.error(`The worker cannot start: ${reasonOf(error)}`)
  process.exit(1)
}

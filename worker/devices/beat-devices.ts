import { setTimeout as sleep } from 'node:timers/promises'
import { heartbeatDevice, type Ledger } from '#prisma'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { Device } from './device.ts'

export interface BeatOptions {
  ledger: Ledger
  devices: readonly Device[]
  host: string
  /** Names this process: when it changes, what the device held before is lost. */
  session: string
  packs: string[]
}

const everyMs = 5_000

/** Tells the ledger once that these devices are alive, what they hold and how fast they are. */
export async function beatDevices({ ledger, devices, host, session, packs }: BeatOptions): Promise<void> {
  for (const device of devices)
    await heartbeatDevice(ledger, {
      id: device.id,
      host,
      kind: device.options.kind,
      memory: device.options.memory ?? null,
      packs,
      speed: device.speed,
      batch: device.batch,
      fits: Object.fromEntries(device.fits),
      session,
    })
}

/** Beats until the signal; a ledger that is away is told in the log once and not again before it is back. */
export async function keepBeating(
  options: BeatOptions & { log: Logger; signal: AbortSignal },
): Promise<void> {
  const { log, signal } = options
  let away = false

  while (!signal.aborted) {
    try {
      await beatDevices(options)
      if (away) log.info('the ledger is back')
      away = false
    } catch (error) {
      if (!away) log.warn({ reason: reasonOf(error) }, 'the ledger is away, will keep trying')
      away = true
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

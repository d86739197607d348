import { setTimeout as sleep } from 'node:timers/promises'
import { heartbeatDevice, type Ledger } from '#prisma'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { Device } from './device.ts'
import type { DevicePool } from './device-pool.ts'

export interface BeatOptions {
  ledger: Ledger
  pool: DevicePool
  host: string
  /** Names this process: when it changes, what the device held before is lost. */
  session: string
  packs: string[]
}

const everyMs = 5_000

/** Tells the ledger once that these devices are alive, what they hold and how fast they are, and obeys the answers. */
export async function beatDevices(options: BeatOptions): Promise<void> {
  for (const device of options.pool.devices) await beatDevice(device, options)
}

export async function beatDevice(
  device: Device,
  { ledger, pool, host, session, packs }: BeatOptions,
): Promise<void> {
  const wasAside = device.aside
  const orders = await heartbeatDevice(ledger, {
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
  device.obey(orders)
  if (device.aside === wasAside) return

  const { log } = device.options
  if (device.aside === null) log.info('device brought back')
  else log.warn({ reason: device.aside }, 'device set aside')
  pool.refresh()
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

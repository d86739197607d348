import type { Speed } from '#study'
import type { Ledger } from './ledger.ts'

/**
 * A worker says that a device is alive and what it can do; every few seconds.
 *
 * @param device.memory bytes
 * @param device.session names the worker process: when it changes, claims of the process before are lost
 */
export const heartbeatDevice = async (
  ledger: Ledger,
  device: {
    id: string
    host: string
    kind: string
    memory: number | null
    packs: string[]
    speed: Speed | null
    /** renders it steps together (1) */
    batch?: number
    /** rungs of the memory ladder that were found to fit (none) */
    fits?: Record<string, number>
    session?: string
  },
): Promise<void> => {
  await ledger.pool.query(
    `insert into "Device" as d (id, host, kind, memory, packs, speed, session, batch, fits)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set host = excluded.host, kind = excluded.kind, memory = excluded.memory,
       packs = excluded.packs, batch = excluded.batch, fits = excluded.fits, speed = coalesce(excluded.speed, d.speed), session = excluded.session, "lastSeen" = now(),
       "startedAt" = case when d.session = excluded.session then d."startedAt" else now() end`,
    [
      device.id,
      device.host,
      device.kind,
      device.memory === null ? null : Math.round(device.memory),
      device.packs,
      device.speed,
      device.session ?? '',
      device.batch ?? 1,
      device.fits ?? {},
    ],
  )
}

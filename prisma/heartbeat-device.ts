import type { Speed } from '#study'
import type { Ledger } from './ledger.ts'

/** What people have decided about a device meanwhile. */
export interface DeviceOrders {
  /** Why it gets no work; null while it does. */
  aside: string | null
  /** Bytes it may use; null: all it has. */
  memoryLimit: number | null
  batchLimit: number | null
}

/**
 * A worker says that a device is alive and what it can do, every few seconds, and hears what people want of it.
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
): Promise<DeviceOrders> => {
  const { rows } = await ledger.pool.query<{
    aside: string | null
    memoryLimit: string | null
    batchLimit: number | null
  }>(
    `insert into "Device" as d (id, host, kind, memory, packs, speed, session, batch, fits)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set host = excluded.host, kind = excluded.kind, memory = excluded.memory,
       packs = excluded.packs, batch = excluded.batch, fits = excluded.fits, speed = coalesce(excluded.speed, d.speed), session = excluded.session, "lastSeen" = now(),
       "startedAt" = case when d.session = excluded.session then d."startedAt" else now() end
     returning case when "asideAt" is not null then coalesce("asideReason", '') end as aside, "memoryLimit", "batchLimit"`,
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
  const { aside, memoryLimit, batchLimit } = rows[0]!

  return { aside, memoryLimit: memoryLimit === null ? null : Number(memoryLimit), batchLimit }
}

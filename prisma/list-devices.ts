import type { Speed } from '#study'
import type { Ledger } from './ledger.ts'
import type { Device } from './types.ts'

/** The fleet, most recently seen first; `seenWithinSeconds` leaves out those that went silent. */
export const listDevices = async (
  ledger: Ledger,
  options: { seenWithinSeconds?: number } = {},
): Promise<Device[]> => {
  const { rows } = await ledger.pool.query<
    Omit<Device, 'memory' | 'memoryLimit' | 'speed'> & {
      memory: string | null
      memoryLimit: string | null
      speed: Speed | null
    }
  >(
    `select id, host, kind, memory, packs, speed, batch, fits, "memoryLimit", "batchLimit", "startedAt", "lastSeen",
            case when "asideAt" is not null
              then json_build_object('reason', coalesce("asideReason", ''), 'seconds', extract(epoch from now() - "asideAt")) end as aside,
            (select count(*)::int from "Render" where device = d.id and status = 'rendering') as rendering
     from "Device" d where $1::float8 is null or "lastSeen" >= now() - make_interval(secs => $1)
     order by "lastSeen" desc, id`,
    [options.seenWithinSeconds ?? null],
  )

  return rows.map((row) => ({
    ...row,
    memory: row.memory === null ? null : Number(row.memory),
    memoryLimit: row.memoryLimit === null ? null : Number(row.memoryLimit),
  }))
}

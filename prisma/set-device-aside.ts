import type { Ledger } from './ledger.ts'
import { requeue } from './requeue.ts'

/**
 * The device gets no more work until a person brings it back. What failed on it of `keys` is queued again: it was the
 * device's fault.
 */
export const setDeviceAside = async (
  ledger: Ledger,
  options: { id: string; reason: string; keys?: readonly string[] },
): Promise<boolean> => {
  const { id, reason, keys = [] } = options
  const { rowCount } = await ledger.pool.query(
    `update "Device" set "asideAt" = now(), "asideReason" = $2 where id = $1 and "asideAt" is null`,
    [id, reason],
  )
  await requeue(ledger, {
    select: `r.status = 'failed' and r.device = $1 and r.key = any($2)`,
    values: [id, keys],
    set: 'error = null, deaths = 0',
  })

  return rowCount === 1
}

/** Its worker hears of it at its next beat. False when it was not aside. */
export const bringDeviceBack = async (ledger: Ledger, id: string): Promise<boolean> => {
  const { rowCount } = await ledger.pool.query(
    `update "Device" set "asideAt" = null, "asideReason" = null where id = $1 and "asideAt" is not null`,
    [id],
  )

  return rowCount === 1
}

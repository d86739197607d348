import type { Ledger } from './ledger.ts'
import { stampCells } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** One version, and with it one answer to a reader, holds at most about this many cells. */
const batch = 5000

/**
 * Puts back to `queued` all renders that `select` finds, in transactions of 5,000.
 *
 * @param select ends in the where clause of `select key from "Render" r`; its rows must leave it once queued
 * @param set further assignments
 */
export const requeue = async (
  ledger: Ledger,
  options: { select: string; values: unknown[]; set?: string },
): Promise<number> => {
  for (let total = 0; ; ) {
    const moved = await transaction(ledger.pool, async (client) => {
      const { rows } = await client.query<{ key: string }>(
        `with locked as (select r.key from "Render" r where ${options.select} order by r.key limit ${batch} for update)
         update "Render" r set status = 'queued', claim = null, "finishedAt" = null${options.set ? `, ${options.set}` : ''}
         from locked where r.key = locked.key returning r.key`,
        options.values,
      )
      const keys = rows.map((row) => row.key)
      if (keys.length === 0) return 0

      await client.query('delete from "Preview" where "renderKey" = any($1)', [keys])
      await stampCells(client, keys, 'queued')

      return keys.length
    })
    total += moved
    if (moved < batch) return total
  }
}

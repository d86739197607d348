import type { Ledger } from './ledger.ts'
import { stampCells } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

const batch = 1000

/**
 * Lets go of what unfinished renders have left behind, checkpoint and intermediate pictures, once no running or paused
 * study waits for them and nobody has worked on them for `olderThanSeconds`. Should one be asked for again it begins
 * at its first step. Finished renders keep all they have.
 *
 * @returns how many renders let go of something
 */
export const forgetLeftovers = async (
  ledger: Ledger,
  options: { olderThanSeconds: number },
): Promise<number> => {
  for (let total = 0; ; ) {
    const count = await transaction(ledger.pool, async (client) => {
      const { rows } = await client.query<{ key: string; status: string }>(
        `with idle as (
           select r.key from "Render" r
           where r.status in ('queued', 'failed') and (r.checkpoint is not null or r.partials <> '[]')
             and greatest(r."createdAt", r."claimedAt", r."finishedAt") < now() - make_interval(secs => $1)
             and not exists (select from "Cell" c join "Study" s on s.id = c."studyId"
                             where c."renderKey" = r.key and s.status in ('running', 'paused'))
           order by r.key limit ${batch} for update of r skip locked
         )
         update "Render" r set checkpoint = null, step = 0, partials = '[]'
         from idle where r.key = idle.key returning r.key, r.status`,
        [options.olderThanSeconds],
      )
      const queued = rows.filter((row) => row.status === 'queued').map((row) => row.key)
      // A queued cell shows the step it would go on from.
      if (queued.length > 0) await stampCells(client, queued, 'queued')

      return rows.length
    })
    total += count
    if (count < batch) return total
  }
}

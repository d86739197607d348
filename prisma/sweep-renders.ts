import { sweepBases } from './base-recipes.ts'
import type { Ledger } from './ledger.ts'
import { transaction } from './transaction.ts'

/**
 * Forgets renders that no cell shows any more and that were last touched over `olderThanSeconds` ago, and base
 * recipes nobody differs from. Their pictures then go with the next `sweepBlobs`.
 */
export const sweepRenders = async (
  ledger: Ledger,
  options: { olderThanSeconds: number },
): Promise<number> => {
  const { rowCount } = await ledger.pool.query(
    `delete from "Render" where key in (
       select r.key from "Render" r
       where r.status <> 'rendering'
         and greatest(r."createdAt", r."claimedAt", r."finishedAt") < now() - make_interval(secs => $1)
         and not exists (select from "Cell" c where c."renderKey" = r.key)
         -- A picture made again on purpose was to be kept beside the later one.
         and not exists (select from "Take" t where t.original in (r.key, r.original))
       order by r.key for update skip locked)
     and not exists (select from "Cell" c where c."renderKey" = "Render".key)`,
    [options.olderThanSeconds],
  )
  await transaction(ledger.pool, sweepBases)

  return rowCount ?? 0
}

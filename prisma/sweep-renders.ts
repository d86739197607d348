import type { Ledger } from './ledger.ts'

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
       order by r.key for update skip locked)
     and not exists (select from "Cell" c where c."renderKey" = "Render".key)`,
    [options.olderThanSeconds],
  )
  await ledger.pool.query(
    `delete from "BaseRecipe" b where not exists (select from "Render" r where r."baseHash" = b.hash)`,
  )

  return rowCount ?? 0
}

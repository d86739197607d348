import type { Ledger } from './ledger.ts'
import { studyChannel } from './stamp-cells.ts'

/**
 * Shows how far a claimed render is, with a small WebP of the growing picture when there is one. Transient: no
 * version moves, readers find it with the cells that are rendering. Also a sign of life for `reclaimLost`, so call
 * it every few seconds, at most once a second.
 *
 * @returns false when the claim is lost: stop rendering
 */
export const reportProgress = async (
  ledger: Ledger,
  options: { key: string; claim: string; step: number; of: number; preview?: Uint8Array },
): Promise<boolean> => {
  const { rows } = await ledger.pool.query<{ claimed: boolean }>(
    `with held as (
       select key, claim from "Render" where key = $1 and claim = $2 and status = 'rendering' for share
     ), shown as (
       insert into "Preview" ("renderKey", claim, step, of, webp, "updatedAt")
       select key, claim, $3, $4, $5, now() from held
       on conflict ("renderKey") do update
       set claim = excluded.claim, step = excluded.step, of = excluded.of, "updatedAt" = excluded."updatedAt",
           webp = coalesce(excluded.webp, case when "Preview".claim = excluded.claim then "Preview".webp end)
       returning "renderKey"
     ), told as (
       select count(pg_notify($6, id::text)) from (
         select distinct c."studyId" as id from "Cell" c, shown where c."renderKey" = shown."renderKey" and c.status = 'rendering'
       ) studies
     )
     select exists (select from shown) as claimed, (select * from told)`,
    [
      options.key,
      options.claim,
      options.step,
      options.of,
      options.preview ? Buffer.from(options.preview) : null,
      studyChannel,
    ],
  )

  return rows[0]!.claimed
}

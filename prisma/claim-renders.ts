import { z } from 'zod'
import type { Recipe } from '#study'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'
import { stampCells } from './stamp-cells.ts'
import { transaction } from './transaction.ts'
import type { ClaimedRender } from './types.ts'

const claimedRow = z.object({
  key: z.string(),
  recipe: z.custom<Recipe>((value) => typeof value === 'object' && value !== null),
  checkpoint: z.string().nullable(),
  step: z.number().int(),
  attempt: z.number().int(),
  deaths: z.number().int(),
  rank: z.number().int(),
})

/**
 * Takes up to `limit` queued renders of a study for one activity attempt: interrupted ones first, then in render
 * order. Two callers never get the same render. Empty unless the study is `running`, and for packs whose weights
 * are not `packHash`.
 *
 * @param options.claim `<activityId>:<attempt>`; every later write to these renders must bring it along
 */
export const claimRenders = (
  ledger: Ledger,
  options: { studyId: string; claim: string; device: string; packHash: string; limit: number },
): Promise<ClaimedRender[]> =>
  transaction(ledger.pool, async (client) => {
    const { rows } = await client.query(
      `with resumable as (
         select r.key, c.rank from "Render" r join "Cell" c on c."renderKey" = r.key
         where r.status = 'queued' and r.checkpoint is not null and r."packHash" = $2
           and c."studyId" = $1 and c.status = 'queued'
         order by c.rank, c.seq limit $5 for update of r skip locked
       ), fresh as (
         select r.key, c.rank from "Cell" c join "Render" r on r.key = c."renderKey"
         where c."studyId" = $1 and c.status = 'queued'
           and r.status = 'queued' and r.checkpoint is null and r."packHash" = $2
         order by c.rank, c.seq limit greatest(0, $5 - (select count(*) from resumable)) for update of r skip locked
       ), chosen as (
         select key, min(rank) as rank from (select * from resumable union all select * from fresh) candidates group by key
       )
       update "Render" r
       set status = 'rendering', claim = $3, device = $4, attempt = r.attempt + 1, "claimedAt" = now(), error = null
       from chosen, "BaseRecipe" base
       where r.key = chosen.key and base.hash = r."baseHash"
         and exists (select from "Study" where id = $1 and status = 'running')
       returning r.key, base.recipe || r.patch as recipe, r.checkpoint, r.step, r.attempt, r.deaths, chosen.rank`,
      [options.studyId, options.packHash, options.claim, options.device, options.limit],
    )
    const claimed = parseRows(claimedRow, rows)
    if (claimed.length === 0) return []

    await stampCells(
      client,
      claimed.map((render) => render.key),
      'rendering',
    )

    return claimed
      .sort((a, b) => Number(a.checkpoint === null) - Number(b.checkpoint === null) || a.rank - b.rank)
      .map(({ rank: _, ...render }) => render)
  })

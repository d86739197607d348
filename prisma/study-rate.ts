import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'

/** Minutes looked back. */
const window = 10
/** Enough to measure by: a fleet that finishes more than these in ten minutes is fast enough to be judged by fewer. */
const looked = 1_000

/**
 * Pictures per minute, measured on the last thousand this study got finished in the last ten minutes (time before the
 * first of them was begun does not count), and from that the seconds its remaining renders will take. Null: nothing finished
 * lately, or nothing left.
 */
export const studyRate = async (
  ledger: Ledger,
  id: string,
): Promise<{ perMinute: number | null; secondsLeft: number | null }> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ finished: number; seconds: number | null; left: number }>(
    `with lately as (
       select r.key, greatest(r."claimedAt", now() - make_interval(mins => $2)) as begun from "Render" r
       where r.status = 'done' and r."finishedAt" > now() - make_interval(mins => $2)
         and exists (select from "Cell" c where c."renderKey" = r.key and c."studyId" = $1 and not c.reused)
       order by r."finishedAt" desc limit ${looked}
     )
     select count(*)::int as finished, extract(epoch from now() - min(begun))::float8 as seconds,
            case when count(*) = 0 then 0 else (
              -- Numbers sort several times as fast as keys.
              select count(distinct hashtextextended("renderKey", 0))::int from "Cell"
              where "studyId" = $1 and status in ('queued', 'rendering')
            ) end as left
     from lately`,
    [id, window],
  )
  const { finished, seconds, left } = rows[0]!
  if (finished === 0 || !seconds) return { perMinute: null, secondsLeft: null }
  const perMinute = (finished / seconds) * 60

  return { perMinute, secondsLeft: left > 0 ? (left / perMinute) * 60 : null }
}

import type { Ledger } from './ledger.ts'
import { type StudyStatus, studyStatusesBefore } from './life.ts'
import { assertStudyId } from './row.ts'
import { studyChannel } from './stamp-cells.ts'

/**
 * Moves a study to `to` if its life allows that from where it is now, and notes who did it.
 *
 * @returns false when it does not (or the study is `to` already): nothing has changed
 */
export const setStudyStatus = async (
  ledger: Ledger,
  id: string,
  to: StudyStatus,
  options: { actor?: string } = {},
): Promise<boolean> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query(
    `with moved as (
       update "Study" set status = $2::text::"StudyStatus", version = version + 1, "updatedAt" = now(),
         "startedAt" = case when $2 = 'running' then coalesce("startedAt", now()) else "startedAt" end,
         "finishedAt" = case when $2 = 'finished' then now() when $2 = 'running' then null else "finishedAt" end,
         -- Whoever starts a study wants it in the library again.
         "archivedAt" = case when $2 = 'running' then null else "archivedAt" end
       where id = $1 and status = any($3::"StudyStatus"[])
       returning id
     ), noted as (
       insert into "Event" ("studyId", actor, kind) select id, $4, $2 from moved
     )
     select pg_notify($5, id::text) from moved`,
    [id, to, studyStatusesBefore(to), options.actor ?? 'motor', studyChannel],
  )

  return rows.length > 0
}

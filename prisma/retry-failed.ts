import type { Ledger } from './ledger.ts'
import { requeue } from './requeue.ts'
import { assertStudyId } from './row.ts'

/**
 * Failed renders of a study are queued again from their beginning: all of them, or those of the cells `seqs`. The
 * study's own status is the caller's to change.
 *
 * @returns how many renders were queued
 */
export const retryFailed = async (ledger: Ledger, id: string, seqs?: number[]): Promise<number> => {
  assertStudyId(id)

  return requeue(ledger, {
    select: `r.status = 'failed' and r.key in (
      select "renderKey" from "Cell" where "studyId" = $1 and status = 'failed' and ($2::int[] is null or seq = any($2)))`,
    values: [id, seqs ?? null],
    set: `error = null, checkpoint = null, step = 0, deaths = 0`,
  })
}

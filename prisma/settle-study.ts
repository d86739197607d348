import type { Ledger } from './ledger.ts'
import { isStudyActive, type Settlement, type StudyStatus, settlement } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** Looks at what a study has left and, when that is nothing, finishes it. See `settlement` for the answers. */
export const settleStudy = async (ledger: Ledger, id: string): Promise<Settlement> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    // Locked first, counted after: whoever puts cells back in the queue needs this lock, so none can slip in between.
    const locked = await client.query<{ status: StudyStatus }>(
      'select status from "Study" where id = $1 for no key update',
      [id],
    )
    const study = locked.rows[0]
    if (!study) throw noSuchStudy(id)
    const left = await client.query<{ queued: number; rendering: number }>(
      `select (select count(*)::int from (select from "Cell" where "studyId" = $1 and status = 'queued' limit 1) q) as queued,
              (select count(*)::int from (select from "Cell" where "studyId" = $1 and status = 'rendering' limit 1) r) as rendering`,
      [id],
    )

    const answer = settlement({ status: study.status, ...left.rows[0]! })
    if (answer === 'finished' && isStudyActive(study.status)) {
      await client.query(`update "Study" set status = 'finished', "finishedAt" = now() where id = $1`, [id])
      await client.query(`insert into "Event" ("studyId", actor, kind) values ($1, 'motor', 'finished')`, [
        id,
      ])
      await bumpStudy(client, id)
    }

    return answer
  })
}

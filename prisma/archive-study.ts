import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { isStudyActive, type StudyStatus } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/**
 * Puts a study aside, or back into the library. Nothing of it is lost; starting it brings it back by itself. One that
 * runs or is paused cannot be put aside.
 *
 * @returns false when it is there already: nothing has changed
 */
export const archiveStudy = (
  ledger: Ledger,
  id: string,
  options: { archived: boolean; actor?: string },
): Promise<boolean> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    const { rows } = await client.query<{ title: string; status: StudyStatus; archived: boolean }>(
      `select title, status, "archivedAt" is not null as archived from "Study" where id = $1 for no key update`,
      [id],
    )
    const study = rows[0]
    if (!study) throw noSuchStudy(id)
    if (study.archived === options.archived) return false
    if (options.archived && isStudyActive(study.status))
      throw new TeststripError(
        'conflict',
        `The study '${study.title}' is ${study.status}. Cancel it, or let it finish, before archiving it.`,
      )

    await client.query(`update "Study" set "archivedAt" = case when $2 then now() end where id = $1`, [
      id,
      options.archived,
    ])
    await client.query(`insert into "Event" ("studyId", actor, kind) values ($1, $2, $3)`, [
      id,
      options.actor ?? 'person',
      options.archived ? 'archived' : 'restored',
    ])
    await bumpStudy(client, id)

    return true
  })
}

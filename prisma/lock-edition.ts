import type { PoolClient } from 'pg'
import { TeststripError } from '#study'
import { noSuchStudy } from './row.ts'

/**
 * Holds a study to the end of the transaction, provided its file is still the one of `edition` (any, when left out).
 *
 * @returns its version
 */
export const lockEdition = async (
  client: PoolClient,
  studyId: string,
  edition: number | undefined,
): Promise<string> => {
  const { rows } = await client.query<{ version: string; edition: number }>(
    'select version, edition from "Study" where id = $1 for no key update',
    [studyId],
  )
  const study = rows[0]
  if (!study) throw noSuchStudy(studyId)
  if (edition !== undefined && edition !== study.edition)
    throw new TeststripError(
      'conflict',
      `The study was edited while its cells were written: edition ${study.edition} is expanded instead of ${edition}.`,
      { edition: study.edition },
    )

  return study.version
}

import type { PoolClient } from 'pg'
import { type StudyFile, TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import type { StudyStatus } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { fileColumns, toStudy } from './study-row.ts'
import { transaction } from './transaction.ts'
import type { Study } from './types.ts'

export interface EditOptions {
  /** The edition the new file was made from; `conflict` when the study has another by now. Left out: whatever it has. */
  from?: number
  actor?: string
}

/** Replaces the file of a study that was never started. */
export const updateDraft = (
  ledger: Ledger,
  id: string,
  file: StudyFile,
  options: EditOptions = {},
): Promise<Study> =>
  replaceFile(ledger, id, file, options, ({ status }) => {
    if (status !== 'draft')
      throw new TeststripError(
        'conflict',
        `The study '${file.title}' has been started and is no draft any more. Extend it, or copy it into a new study.`,
      )
  })

/**
 * Replaces the file of a study in any state: axes extended, reordered, relabelled. Enqueue its cells again
 * afterwards; what was rendered stays rendered.
 */
export const editStudy = (
  ledger: Ledger,
  id: string,
  file: StudyFile,
  options: EditOptions = {},
): Promise<Study> =>
  replaceFile(ledger, id, file, options, async (_, client) => {
    await client.query(`insert into "Event" ("studyId", actor, kind) values ($1, $2, 'edited')`, [
      id,
      options.actor ?? 'person',
    ])
  })

/** Longer than any change of a study takes, but for its end. */
const patience = '3s'

const replaceFile = async (
  ledger: Ledger,
  id: string,
  file: StudyFile,
  { from }: EditOptions,
  also: (study: { status: StudyStatus }, client: PoolClient) => void | Promise<void>,
): Promise<Study> => {
  assertStudyId(id)
  const columns = fileColumns(file)
  await transaction(ledger.pool, async (client) => {
    await client.query(`set local lock_timeout = '${patience}'`)
    const { rows } = await client
      .query<{ status: StudyStatus; edition: number }>(
        'select status, edition from "Study" where id = $1 for no key update',
        [id],
      )
      .catch((error: { code?: string }) => {
        if (error.code !== lockTimeout) throw error
        throw new TeststripError(
          'conflict',
          `The study '${file.title}' is being deleted or changed by somebody else; nothing was changed. Look at it again.`,
        )
      })
    const study = rows[0]
    if (!study) throw noSuchStudy(id)
    if (from !== undefined && from !== study.edition)
      throw new TeststripError(
        'conflict',
        `The study '${file.title}' has been edited meanwhile: it is at edition ${study.edition}, the change was made from ${from}. Read it again and repeat the change.`,
        { edition: study.edition },
      )

    await also(study, client)
    await client.query(
      'update "Study" set title = $2, file = $3, priority = $4, edition = edition + 1 where id = $1',
      [id, columns.title, columns.file, columns.priority],
    )
    await bumpStudy(client, id)
  })
  const row = await ledger.prisma.study.findFirst({ where: { id } })
  if (!row) throw noSuchStudy(id)

  return toStudy(row)
}

/** Postgres' code for a lock that was not had in time. */
const lockTimeout = '55P03'

import type { StudyFile } from '#study'
import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { fileColumns, toStudy } from './study-row.ts'
import { transaction } from './transaction.ts'
import type { Study } from './types.ts'

/** Replaces the file of a study that was never started. */
export const updateDraft = (ledger: Ledger, id: string, file: StudyFile): Promise<Study> =>
  replaceFile(ledger, id, file, 'draft')

/**
 * Replaces the file of a study in any state: axes extended, reordered, relabelled. Enqueue its cells again
 * afterwards; what was rendered stays rendered.
 */
export const editStudy = async (
  ledger: Ledger,
  id: string,
  file: StudyFile,
  actor = 'person',
): Promise<Study> => {
  const study = await replaceFile(ledger, id, file, null)
  await ledger.prisma.event.create({ data: { studyId: id, actor, kind: 'edited' } })

  return study
}

const replaceFile = async (
  ledger: Ledger,
  id: string,
  file: StudyFile,
  only: 'draft' | null,
): Promise<Study> => {
  assertStudyId(id)
  const columns = fileColumns(file)
  const changed = await transaction(ledger.pool, async (client) => {
    if ((await bumpStudy(client, id)) === null) throw noSuchStudy(id)
    const { rowCount } = await client.query(
      `update "Study" set title = $2, file = $3, priority = $4 where id = $1 and ($5::text is null or status = $5::"StudyStatus")`,
      [id, columns.title, columns.file, columns.priority, only],
    )
    if (rowCount === 0)
      throw new TeststripError(
        'conflict',
        `The study '${file.title}' has been started and is no draft any more. Extend it, or copy it into a new study.`,
      )

    return rowCount
  })
  const row = changed && (await ledger.prisma.study.findFirst({ where: { id } }))
  if (!row) throw noSuchStudy(id)

  return toStudy(row)
}

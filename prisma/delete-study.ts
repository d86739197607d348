import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { isStudyActive, studyStatuses } from './life.ts'
import { isStudyId } from './row.ts'
import { transaction } from './transaction.ts'

/**
 * Removes a study with its cells, marks, sheets and events. Its renders stay: another study may ask for the same
 * pictures.
 *
 * @returns false when there was none
 */
export const deleteStudy = async (ledger: Ledger, id: string): Promise<boolean> => {
  if (!isStudyId(id)) return false
  const idle = studyStatuses.filter((status) => !isStudyActive(status))
  const isDeleted = await transaction(ledger.pool, async (client) => {
    const { rowCount } = await client.query(
      'delete from "Study" where id = $1 and status = any($2::"StudyStatus"[])',
      [id, idle],
    )
    // Once the study is held, all that were written for it are there to be seen.
    if (rowCount) await client.query('delete from "Cell" where "studyId" = $1', [id])

    return rowCount === 1
  })
  if (isDeleted) return true

  const left = await ledger.prisma.study.findFirst({ where: { id }, select: { title: true, status: true } })
  if (!left) return false
  throw new TeststripError(
    'conflict',
    `The study '${left.title}' is ${left.status}. Cancel it before deleting it.`,
  )
}

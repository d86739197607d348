import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { isStudyActive, studyStatuses } from './life.ts'
import { isStudyId } from './row.ts'

/**
 * Removes a study with its cells, marks, sheets and events. Its renders stay: another study may ask for the same
 * pictures.
 *
 * @returns false when there was none
 */
export const deleteStudy = async (ledger: Ledger, id: string): Promise<boolean> => {
  if (!isStudyId(id)) return false
  const idle = studyStatuses.filter((status) => !isStudyActive(status))
  const { count } = await ledger.prisma.study.deleteMany({ where: { id, status: { in: idle } } })
  if (count > 0) return true

  const left = await ledger.prisma.study.findFirst({ where: { id }, select: { title: true, status: true } })
  if (!left) return false
  throw new TeststripError(
    'conflict',
    `The study '${left.title}' is ${left.status}. Cancel it before deleting it.`,
  )
}

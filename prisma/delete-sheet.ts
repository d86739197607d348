import type { Ledger } from './ledger.ts'
import { isStudyId } from './row.ts'

/** Removes a saved view of a study, and with it its link. False when there was none. */
export const deleteSheet = async (
  ledger: Ledger,
  { id, studyId }: { id: string; studyId: string },
): Promise<boolean> => {
  if (!isStudyId(id) || !isStudyId(studyId)) return false
  const { count } = await ledger.prisma.sheet.deleteMany({ where: { id, studyId } })

  return count > 0
}

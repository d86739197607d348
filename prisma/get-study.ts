import type { Ledger } from './ledger.ts'
import { isStudyId } from './row.ts'
import { toStudy } from './study-row.ts'
import type { Study } from './types.ts'

export const getStudy = async (ledger: Ledger, id: string): Promise<Study | null> => {
  if (!isStudyId(id)) return null
  const row = await ledger.prisma.study.findFirst({ where: { id } })

  return row && toStudy(row)
}

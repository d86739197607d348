import type { View } from '#study'
import type { Sheet as Row } from './generated/client.ts'
import type { Ledger } from './ledger.ts'
import { isStudyId } from './row.ts'
import type { Sheet } from './types.ts'

export const toSheet = (row: Row): Sheet => ({
  ...row,
  view: row.view as unknown as View,
  look: row.look as Record<string, unknown>,
})

export const getSheet = async (ledger: Ledger, id: string): Promise<Sheet | null> => {
  const row = isStudyId(id) ? await ledger.prisma.sheet.findFirst({ where: { id } }) : null

  return row && toSheet(row)
}

/** The sheet behind a share link; null when it was never given, or taken back, or has ended. */
export const sharedSheet = async (
  ledger: Ledger,
  token: string,
  now: Date = new Date(),
): Promise<Sheet | null> => {
  const row = await ledger.prisma.sheet.findFirst({
    where: { share: token, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  })

  return row && toSheet(row)
}

/** The saved views of a study, newest first. */
export const listSheets = async (ledger: Ledger, studyId: string): Promise<Sheet[]> => {
  if (!isStudyId(studyId)) return []
  const rows = await ledger.prisma.sheet.findMany({ where: { studyId }, orderBy: { createdAt: 'desc' } })

  return rows.map(toSheet)
}

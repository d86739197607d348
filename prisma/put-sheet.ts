import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { toSheet } from './get-sheet.ts'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import type { Sheet } from './types.ts'

/** Saves a view of a study: a new one, or over the one with `id`. `shared` gives it an unguessable link, or takes it. */
export const putSheet = async (
  ledger: Ledger,
  sheet: Pick<Sheet, 'studyId' | 'view'> &
    Partial<Pick<Sheet, 'id' | 'title' | 'look' | 'whole' | 'expiresAt'>> & { shared?: boolean },
): Promise<Sheet> => {
  assertStudyId(sheet.studyId)
  const study = await ledger.prisma.study.findFirst({ where: { id: sheet.studyId }, select: { title: true } })
  if (!study) throw noSuchStudy(sheet.studyId)

  const id = sheet.id ?? v7()
  const before = await ledger.prisma.sheet.findFirst({ where: { id } })
  const share =
    sheet.shared === undefined
      ? (before?.share ?? null)
      : sheet.shared
        ? (before?.share ?? randomBytes(18).toString('base64url'))
        : null
  const columns = {
    title: sheet.title ?? before?.title ?? study.title,
    view: sheet.view as unknown as object,
    look: (sheet.look ?? before?.look ?? {}) as object,
    whole: sheet.whole ?? before?.whole ?? false,
    expiresAt: sheet.expiresAt === undefined ? (before?.expiresAt ?? null) : sheet.expiresAt,
    share,
  }

  return toSheet(
    await ledger.prisma.sheet.upsert({
      where: { id },
      create: { id, studyId: sheet.studyId, ...columns },
      update: { ...columns, updatedAt: new Date() },
    }),
  )
}

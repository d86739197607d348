import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import type { StudyEvent } from './types.ts'

/** Notes who did what to a study. Changes of status note themselves. */
export const recordEvent = async (
  ledger: Ledger,
  event: { studyId: string; kind: string; actor?: string; details?: Record<string, unknown> },
): Promise<void> => {
  assertStudyId(event.studyId)
  const noted = await ledger.pool.query(
    `insert into "Event" ("studyId", actor, kind, details) select id, $2, $3, $4 from "Study" where id = $1`,
    [event.studyId, event.actor ?? 'person', event.kind, event.details ?? {}],
  )
  if (noted.rowCount === 0) throw noSuchStudy(event.studyId)
}

/** What happened to a study, newest first. */
export const listEvents = async (
  ledger: Ledger,
  studyId: string,
  options: { limit?: number } = {},
): Promise<StudyEvent[]> => {
  assertStudyId(studyId)
  const rows = await ledger.prisma.event.findMany({
    where: { studyId },
    orderBy: { id: 'desc' },
    take: options.limit ?? 100,
  })

  return rows.map((row) => ({
    ...row,
    id: row.id.toString(),
    details: row.details as Record<string, unknown>,
  }))
}

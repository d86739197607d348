import { type Ledger, recordEvent, retryFailed, setStudyPriority, settleStudy, studyLanes } from '#prisma'
import type { Priority, StudioActivities } from '#workflows/activities'
import type { Logger } from '../log.ts'
import { asActivity } from './as-activity.ts'
import { createEnqueueStudy } from './enqueue-study.ts'
import { moveStudy } from './move-study.ts'

/** The light activities: each is one ledger operation, or a few of them in a row. */
export function createStudioActivities(options: { ledger: Ledger; log: Logger }): StudioActivities {
  const { ledger, log } = options
  const told = (studyId: string, what: string, details: Record<string, unknown> = {}): void =>
    log.info({ study: studyId, ...details }, what)

  return {
    beginStudy: asActivity(async ({ studyId }) => {
      const { file, priority } = await moveStudy(ledger, studyId, 'running')
      const lanes = await studyLanes(ledger, studyId)
      told(studyId, 'study begins', { pack: file.pack, priority, lanes })

      return { pack: file.pack, priority: priority as Priority, lanes }
    }),

    setStatus: asActivity(async ({ studyId, to }) => {
      await moveStudy(ledger, studyId, to)
      told(studyId, 'study told', { to })
    }),

    setPriority: asActivity(async ({ studyId, priority }) => {
      await setStudyPriority(ledger, studyId, priority)
      told(studyId, 'study told', { priority })
    }),

    enqueueStudy: asActivity(createEnqueueStudy(options)),

    holdStudy: asActivity(async ({ studyId, reason }) => {
      await moveStudy(ledger, studyId, 'paused')
      await recordEvent(ledger, { studyId, kind: 'held', actor: 'motor', details: { reason } })
      log.warn({ study: studyId, reason }, 'study held')
    }),

    settleStudy: asActivity(async ({ studyId }) => {
      const settlement = await settleStudy(ledger, studyId)
      told(studyId, 'study settled', { settlement })

      return settlement
    }),

    retryFailed: asActivity(async ({ studyId, seqs }) => {
      const count = await retryFailed(ledger, studyId, seqs)
      told(studyId, 'failed renders queued again', { count })

      return count
    }),
  }
}

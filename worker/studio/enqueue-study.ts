import { Context } from '@temporalio/activity'
import { sha256 } from '#blobs'
import { readMerges } from '#diffusion'
import { enqueueCells, finishEnqueue, type Ledger, packNamed } from '#prisma'
import { type ExpandedCell, expandPlan, makePlan, type StudyFile, TeststripError } from '#study'
import type { StudioActivities } from '#workflows/activities'
import type { Logger } from '../log.ts'
import { existingStudy } from './move-study.ts'
import { noteForecast } from './note-forecast.ts'

/**
 * Expands the study cell by cell in render order and streams it into the ledger; a second run changes nothing. When the
 * study is edited meanwhile it begins again with the new file.
 */
export function createEnqueueStudy({
  ledger,
  log,
}: {
  ledger: Ledger
  log: Logger
}): StudioActivities['enqueueStudy'] {
  return async ({ studyId }) => {
    for (;;) {
      const { file, edition } = await existingStudy(ledger, studyId)
      try {
        const total = await enqueue(ledger, { studyId, file, edition })
        log.info({ study: studyId, pack: file.pack, ...total }, 'study enqueued')

        return total
      } catch (error) {
        if (!(error instanceof TeststripError) || error.code !== 'conflict') throw error
        log.info({ study: studyId, edition }, 'study edited while it was enqueued')
      }
    }
  }
}

async function enqueue(
  ledger: Ledger,
  { studyId, file, edition }: { studyId: string; file: StudyFile; edition: number },
): Promise<{ cells: number; inserted: number; reused: number }> {
  const pack = await packNamed(ledger, file.pack)
  if (!pack)
    throw new TeststripError(
      'not_found',
      `No worker holds the pack '${file.pack}'. Add it to a worker's models folder, then resume the study.`,
    )

  const { plan, problems } = makePlan(file, pack, { merges: readMerges() })
  if (!plan)
    throw new TeststripError('invalid_input', problems[0]?.message ?? 'The study cannot be expanded.')

  const cells = tellingTemporal(expandPlan(plan, sha256))
  const written = await enqueueCells(ledger, { studyId, pack, base: plan.base, edition, cells })
  await finishEnqueue(ledger, { studyId, size: plan.size, edition })
  await noteForecast(ledger, { studyId, plan })

  return { cells: plan.size, ...written }
}

/** The cells, with a heartbeat now and then; they end when the activity is cancelled. */
function* tellingTemporal(cells: Iterable<ExpandedCell>): Generator<ExpandedCell> {
  const { cancellationSignal, heartbeat } = Context.current()
  for (const cell of cells) {
    if (cell.rank % 1_000 === 0) {
      cancellationSignal.throwIfAborted()
      heartbeat(cell.rank)
    }
    yield cell
  }
}

import { Context } from '@temporalio/activity'
import { readMerges } from '#diffusion'
import { enqueueCells, finishEnqueue, type Ledger, type NewCell, packNamed } from '#prisma'
import { cellAt, engineVersion, makePlan, type Plan, renderKey, renderOrder, TeststripError } from '#study'
import type { StudioActivities } from '#workflows/activities'
import type { Logger } from '../log.ts'
import { existingStudy } from './move-study.ts'

const batchSize = 2_000

/** Expands the study cell by cell in render order and streams it into the ledger; a second run changes nothing. */
export function createEnqueueStudy({
  ledger,
  log,
}: {
  ledger: Ledger
  log: Logger
}): StudioActivities['enqueueStudy'] {
  return async ({ studyId }) => {
    const context = Context.current()
    const { file } = await existingStudy(ledger, studyId)
    const pack = await packNamed(ledger, file.pack)
    if (!pack)
      throw new TeststripError(
        'not_found',
        `No worker holds the pack '${file.pack}'. Add it to a worker's models folder, then resume the study.`,
      )

    const { plan, problems } = makePlan(file, pack, { merges: readMerges() })
    if (!plan)
      throw new TeststripError('invalid_input', problems[0]?.message ?? 'The study cannot be expanded.')

    const total = { cells: plan.size, inserted: 0, reused: 0 }
    for (const cells of batches(plan)) {
      context.cancellationSignal.throwIfAborted()
      const { inserted, reused } = await enqueueCells(ledger, { studyId, pack, cells })
      total.inserted += inserted
      total.reused += reused
      context.heartbeat(total)
    }
    await finishEnqueue(ledger, { studyId, size: plan.size })
    log.info({ study: studyId, pack: pack.name, ...total }, 'study enqueued')

    return total
  }
}

function* batches(plan: Plan): Generator<NewCell[]> {
  let batch: NewCell[] = []
  let rank = 0
  for (const seq of renderOrder(plan)) {
    const { coords, recipe, excluded } = cellAt(plan, seq)
    batch.push({
      seq,
      coords,
      rank: rank++,
      key: renderKey(recipe, plan.pack, engineVersion),
      recipe,
      excluded,
    })
    if (batch.length < batchSize) continue

    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { BlobStore } from '#blobs'
import { type Ledger, reclaimLost, studyLanes } from '#prisma'
import { TeststripError } from '#study'
import type { Motor } from '#workflows'
import { reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import { measureRenders } from './measure-renders.ts'
import { tidyBlobs, tidyCheckpoints } from './tidy-blobs.ts'

export interface SweepOptions {
  ledger: Ledger
  blobs: BlobStore
  motor: Motor
  log: Logger
  signal: AbortSignal
}

/** A device beats every 5 s; after three missed beats its claims go back to the queue. */
const silentSeconds = 15
const graceMs = 7_000
const minute = 60_000

/**
 * The studio's housekeeping, each on its own clock: lost claims, studies that a lost Temporal forgot, blobs that
 * nothing names. Several studios may do it at once: every step is one guarded statement or idempotent.
 */
export async function keepSweeping(options: SweepOptions): Promise<void> {
  const { ledger, blobs, motor, log } = options
  /** The lanes each running study has, as far as this studio knows. */
  const lanesTold = new Map<string, number>()

  await Promise.all([
    every(options, 'take back lost claims', 5_000, async () => {
      const count = await reclaimLost(ledger, { olderThanSeconds: silentSeconds })
      if (count > 0) log.warn({ count }, 'renders of silent devices queued again')
    }),
    every(options, 'look after running studies', 30_000, async () => {
      const running = await ledger.prisma.study.findMany({
        where: { status: 'running' },
        select: { id: true, edition: true, expanded: true },
      })
      for (const { id, edition, expanded } of running) {
        await motor.ensure(id)
        // Edited, and whoever did so was cut off before the motor heard of it.
        if (expanded !== edition && (await motor.state(id))?.enqueuing === false) await motor.start(id)
        const lanes = await studyLanes(ledger, id)
        const has = lanesTold.get(id) ?? (await motor.state(id))?.lanes.wanted ?? lanes
        // Only ever more: taking a lane away stops what it renders, and one too many merely waits in a queue.
        if (lanes > has) await motor.setLanes(id, lanes).catch(unlessEnded)
        lanesTold.set(id, lanes)
      }
    }),
    every(options, 'look after prints', 30_000, async () => {
      const waiting = await ledger.prisma.print.findMany({
        where: { status: { in: ['queued', 'printing'] } },
        select: { key: true },
      })
      for (const { key } of waiting) await motor.print(key)
    }),
    every(options, 'remove old checkpoints', 10 * minute, async () => {
      const count = await tidyCheckpoints({ ledger, blobs })
      if (count > 0) log.info({ count }, 'replaced checkpoints removed')
    }),
    every(options, 'measure earlier renders', 10 * minute, async () => {
      const count = await measureRenders(options)
      if (count > 0) log.info({ count }, 'earlier renders measured')
    }),
    every(options, 'sweep blobs', 60 * minute, async () => {
      const swept = await tidyBlobs({ ledger, blobs })
      if (swept.blobs + swept.renders + swept.leftovers > 0) log.info(swept, 'swept')
    }),
  ])
}

/** A study may end while it is spoken to. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof TeststripError && error.code === 'conflict')) throw error
}

/** Runs the chore at once and then again and again; one that fails is told once and tried at its next time. */
async function every(
  { ledger, log, signal }: SweepOptions,
  what: string,
  periodMs: number,
  chore: () => Promise<void>,
): Promise<void> {
  let failing = false
  while (!signal.aborted) {
    try {
      // A ledger that was away first hears from the devices that lived on: else their claims would look lost.
      if (failing) await ledger.pool.query('select 1').then(() => sleep(graceMs, undefined, { signal }))
      await chore()
      failing = false
    } catch (error) {
      if (!failing && !signal.aborted)
        log.warn({ what, reason: reasonOf(error) }, 'chore failed, will try again')
      failing = true
    }
    await sleep(periodMs, undefined, { signal }).catch(() => undefined)
  }
}

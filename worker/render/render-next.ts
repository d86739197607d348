import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { BlobStore } from '#blobs'
import { claimRenders, getStudy, type Ledger, releaseClaims } from '#prisma'
import type { Priority, RenderActivities, RenderNextInput, RenderNextResult } from '#workflows/activities'
import type { Device } from '../devices/device.ts'
import type { DevicePool } from '../devices/device-pool.ts'
import type { Logger } from '../log.ts'
import type { HeldPack } from '../packs.ts'
import { claimToken, earlierClaims } from './claim-token.ts'
import { renderOne } from './render-one.ts'
import { Turn } from './turn.ts'

export interface RenderNextOptions {
  ledger: Ledger
  blobs: BlobStore
  pool: DevicePool
  packs: ReadonlyMap<string, HeldPack>
  log: Logger
  /** Tells the ledger of the device, and hears what people want of it. */
  beat: (device: Device) => Promise<void>
}

/**
 * The activity of every lane: takes a device, then claims and renders one picture after another, as many at once as
 * the device steps together. Claiming happens here and as late as possible, so a pause, a cancellation or a new
 * priority acts at the next picture. While a finished picture is being written the next one already renders.
 */
export function createRenderNext(options: RenderNextOptions): RenderActivities['renderNext'] {
  return async (input) => {
    const context = Context.current()
    const claim = claimToken(context.info)
    const log = options.log.child({ study: input.studyId, claim })
    const latest: Latest = { claim, renders: {} }
    // A clock of its own: a slow step must not look like a dead worker, and cancellation arrives with a heartbeat.
    const beat = setInterval(() => context.heartbeat(latest), 1_000)

    try {
      await releaseClaims(options.ledger, earlierClaims(context.info))
      const device = await options.pool.acquire(input.pack, context.cancellationSignal)
      try {
        // People may have limited it just now, and want that to hold for what they then tried again.
        await options.beat(device)
        device.warm = input.pack

        return await renderFor({
          ...options,
          log,
          input,
          device,
          claim,
          signal: context.cancellationSignal,
          latest,
        })
      } finally {
        options.pool.release(device)
      }
    } catch (error) {
      // Cancelled or going down: everything is given back, and Temporal shall hear exactly that.
      if (context.cancellationSignal.aborted) await context.cancelled
      throw error
    } finally {
      clearInterval(beat)
    }
  }
}

interface Call extends Omit<RenderNextOptions, 'pool' | 'beat'> {
  input: RenderNextInput
  device: Device
  claim: string
  signal: AbortSignal
  latest: Latest
}

/** What a heartbeat tells: the renders in progress and their steps. */
interface Latest {
  claim: string
  renders: Record<string, number>
}

async function renderFor(call: Call): Promise<RenderNextResult> {
  const { ledger, blobs, packs, log, input, device, claim, signal, latest } = call
  const study = await getStudy(ledger, input.studyId)
  const pack = packs.get(input.pack)
  if (!study) throw ApplicationFailure.nonRetryable(`There is no study ${input.studyId}.`, 'not_found')
  if (!pack)
    throw ApplicationFailure.nonRetryable(`This worker does not hold the pack '${input.pack}'.`, 'not_found')

  const turn = new Turn({ ledger, study, device, pack, packs: [...packs.keys()], signal })
  const committing: Promise<boolean>[] = []
  let failed = 0

  const place = async (n: number): Promise<void> => {
    while (await turn.mayBegin(n)) {
      const [render] = await claimRenders(ledger, {
        studyId: study.id,
        claim,
        device: device.id,
        packHash: pack.info.hash,
        limit: 1,
      })
      if (!render) {
        turn.more = false
        return
      }

      turn.begin()
      latest.renders[render.key] = render.step
      const result = await renderOne({
        render,
        held: { ledger, blobs, key: render.key, claim },
        device,
        pack,
        signal,
        log: log.child({
          key: render.key,
          cells: await cellsOf(ledger, study.id, render.key),
          pack: input.pack,
          device: device.id,
        }),
        onStep: (step) => {
          latest.renders[render.key] = step
        },
      })
      delete latest.renders[render.key]
      turn.end()
      if (result.outcome === 'rendered') committing.push(result.committed)
      else if (result.outcome === 'failed') failed++
      else if (result.outcome === 'unable' && device.aside === null)
        throw ApplicationFailure.retryable(result.reason, 'pack_invalid')
    }
  }

  // The device is free only when all its places are.
  const places = await Promise.allSettled(Array.from({ length: device.batch }, (_, n) => place(n)))
  await Promise.allSettled(committing)
  signal.throwIfAborted()
  for (const ended of places) if (ended.status === 'rejected') throw ended.reason

  const rendered = (await Promise.all(committing)).filter(Boolean).length

  return { rendered, failed, more: turn.more, priority: study.priority as Priority }
}

/** The cells of this study that show the render, for the log; usually one. */
async function cellsOf(ledger: Ledger, studyId: string, renderKey: string): Promise<number[]> {
  const cells = await ledger.prisma.cell.findMany({
    where: { studyId, renderKey },
    select: { seq: true },
    orderBy: { seq: 'asc' },
    take: 20,
  })

  return cells.map((cell) => cell.seq)
}

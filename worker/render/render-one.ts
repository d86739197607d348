import type { ClaimedRender } from '#prisma'
import type { Device } from '../devices/device.ts'
import { keepTrying, reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { HeldPack } from '../packs.ts'
import type { RenderEnding, RenderHooks } from '../renderer/renderer.ts'
import {
  commitCheckpoint,
  commitFailure,
  commitPartial,
  commitPicture,
  type Held,
  type Picture,
  release,
} from './commit-render.ts'
import { loadPictures } from './load-pictures.ts'
import { ProgressWriter } from './progress-writer.ts'

export interface RenderOneOptions {
  render: ClaimedRender
  held: Held
  device: Device
  pack: HeldPack
  /** Cancelled, paused hard, or the worker is going down. */
  signal: AbortSignal
  log: Logger
  onStep(step: number): void
}

export type RenderOutcome =
  /** The device is free again; `committed` resolves when picture and row are safe, to false if the claim was lost. */
  | { outcome: 'rendered'; committed: Promise<boolean> }
  | { outcome: 'failed' }
  /** Back in the queue with its newest checkpoint, or no longer ours. */
  | { outcome: 'returned' }
  /** Given back because this worker cannot render anything just now. */
  | { outcome: 'unable'; reason: string }

/** A render at which the renderer dies this often, alone and with all memory spared that can be, fails alone. */
const maxDeaths = 3
/** A finished picture is worth waiting for a ledger that is being restarted. */
const commitForMs = 120_000
/** The 3 seconds of a cancellation are for the checkpoint, not for a ledger that is away; the sweep does the rest. */
const returnForMs = 5_000

/** One claimed render from its claim to its row: renders it in the renderer process and writes what became of it. */
export async function renderOne(options: RenderOneOptions): Promise<RenderOutcome> {
  const { render, held, device, pack, signal, log } = options
  const started = performance.now()
  const lost = new AbortController()
  const onLost = (): void => {
    log.warn('claim lost, render stopped')
    lost.abort()
  }
  const hooks = createHooks(options, onLost)

  const resumeFrom = await loadCheckpoint(options)
  log.info({ attempt: render.attempt, fromStep: resumeFrom ? render.step : 0 }, 'render begins')
  const { pictures, missing } = await loadPictures(render.recipe, held.blobs)
  const ending: RenderEnding = pictures
    ? await device.renderer.render(
        {
          recipe: render.recipe,
          pictures,
          pack: { folder: pack.folder, hash: pack.info.hash },
          resumeFrom,
          rung: device.rungFor(render.recipe, pack.info),
        },
        hooks,
        AbortSignal.any([signal, lost.signal]),
      )
    : { outcome: 'failed', code: 'not_found', message: missing }
  hooks.close()

  const keep = <T>(what: string, forMs: number, attempt: () => Promise<T>): Promise<T> =>
    keepTrying({ what, log, forMs }, attempt)
  const giveBack = async (): Promise<RenderOutcome> => {
    await keep('give the render back', returnForMs, () => release(held)).catch((error: unknown) =>
      log.warn({ reason: reasonOf(error) }, 'render not given back; the sweep will'),
    )

    return { outcome: 'returned' }
  }
  const fail = async (message: string): Promise<RenderOutcome> => {
    log.warn({ reason: message }, 'render failed')
    await keep('note the failed render', commitForMs, () => commitFailure(held, message))

    return { outcome: 'failed' }
  }

  const spareMemory = (): boolean => {
    const spared = device.spareMemory(render.recipe, pack.info)
    if (spared)
      log.info(
        { rung: device.rungFor(render.recipe, pack.info) },
        'memory is spared from now on at this size',
      )

    return spared
  }

  switch (ending.outcome) {
    case 'done': {
      device.forgive(render.key)
      device.speed = ending.speed
      device.noteRung(render.recipe, pack.info, ending.rung)

      return { outcome: 'rendered', committed: commit(ending) }
    }
    case 'failed':
      // Pack and device are the worker's matter, not this recipe's.
      if (ending.code === 'pack_invalid' || ending.code === 'unavailable') {
        await giveBack()

        return { outcome: 'unable', reason: ending.message }
      }
      if (ending.code === 'out_of_memory' && spareMemory()) return giveBack()

      return fail(ending.message)
    case 'stopped': {
      const checkpoint = ending.checkpoint
      if (lost.signal.aborted) return { outcome: 'returned' }
      if (checkpoint)
        await keep('save the checkpoint', returnForMs, () => commitCheckpoint(held, checkpoint)).catch(
          (error: unknown) => log.warn({ reason: reasonOf(error) }, 'last checkpoint not saved'),
        )
      log.info({ step: checkpoint?.step ?? null }, 'render stopped')

      return giveBack()
    }
    case 'died': {
      if (ending.together > 1) {
        device.halveBatch()
        log.warn({ how: ending.how, together: ending.together, batch: device.batch }, 'renderer died')

        return giveBack()
      }
      const deaths = device.countDeath(render.key)
      log.warn({ how: ending.how, deaths }, 'renderer died')
      // Once can be chance. From then on it may be memory, of which the system says nothing when it kills.
      if (deaths < 2 || spareMemory() || deaths < maxDeaths) return giveBack()
      device.forgive(render.key)

      return fail(
        `The renderer died ${deaths} times at this picture (${ending.how}). It probably needs more memory than the device has: try a smaller width_height, fewer cuts, fewer or smaller CLIP models, or use_secondary_model on, then retry.`,
      )
    }
  }

  async function commit(picture: Picture): Promise<boolean> {
    // Only a render in progress takes intermediate pictures.
    await hooks.settled()
    const committed = await keep('write the picture', commitForMs, () => commitPicture(held, picture))
    const seconds = Number(((performance.now() - started) / 1_000).toFixed(3))
    if (committed) log.info({ seconds, renderSeconds: picture.seconds.total }, 'render done')
    else log.warn('claim lost, picture dropped')

    return committed
  }
}

interface Hooks extends RenderHooks {
  close(): void
  /** All that was begun is written, or is known not to be. */
  settled(): Promise<void>
}

/** Where the renderer's news go. Nothing here may hold the render up, and after `close` nothing is begun. */
function createHooks(options: RenderOneOptions, onLost: () => void): Hooks {
  const { held, log, onStep } = options
  const progress = new ProgressWriter({ ...held, log, onLost })
  const pending = new Set<Promise<void>>()
  let closed = false

  const aside = (what: string, write: () => Promise<boolean>): void => {
    const writing = write().then(
      (kept) => {
        if (!kept && !closed) onLost()
      },
      (error: unknown) => log.warn({ reason: reasonOf(error) }, what),
    )
    pending.add(writing)
    void writing.then(() => pending.delete(writing))
  }

  return {
    onProgress: (latest) => {
      onStep(latest.step)
      progress.write(latest)
    },
    onCheckpoint: (checkpoint) => aside('checkpoint not saved', () => commitCheckpoint(held, checkpoint)),
    onPartial: (partial) => aside('intermediate picture not saved', () => commitPartial(held, partial)),
    settled: async () => void (await Promise.all(pending)),
    close: () => {
      closed = true
      progress.close()
    },
  }
}

async function loadCheckpoint({ render, held, log }: RenderOneOptions): Promise<Uint8Array | undefined> {
  if (!render.checkpoint) return undefined

  const bytes = await held.blobs.get(render.checkpoint)
  if (!bytes) log.warn({ checkpoint: render.checkpoint }, 'checkpoint is gone, starting over')

  return bytes ?? undefined
}

import { measurePng } from '#charts/measure'
import { type ClaimedRender, setDeviceAside } from '#prisma'
import type { Device } from '../devices/device.ts'
import { keepTrying, reasonOf } from '../keep-trying.ts'
import type { Logger } from '../log.ts'
import type { HeldPack } from '../packs.ts'
import { oomKills } from '../renderer/oom-kills.ts'
import type { RenderEnding } from '../renderer/renderer.ts'
import {
  commitCheckpoint,
  commitFailure,
  commitPicture,
  type Held,
  type Picture,
  release,
} from './commit-render.ts'
import { loadPictures } from './load-pictures.ts'
import { createHooks } from './render-hooks.ts'

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

/**
 * A render at which renderers or workers die this often, alone and with all memory spared that can be, fails alone: as
 * the ledger counts, so wherever it is tried.
 */
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
  const keep = <T>(what: string, forMs: number, attempt: () => Promise<T>): Promise<T> =>
    keepTrying({ what, log, forMs }, attempt)
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
  // Where the system says nothing when it kills for memory, a second death may have been that.
  const isSpared = oomKills() === null && render.deaths >= 2 && spareMemory()
  if (render.deaths >= maxDeaths && !isSpared)
    return fail(poisonous(render.deaths, 'its worker with it', null))

  const hooks = createHooks({ held, log, onStep: options.onStep, onLost })
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

  const giveBack = async ({ died = false } = {}): Promise<RenderOutcome> => {
    await keep('give the render back', returnForMs, () => release(held, died)).catch((error: unknown) =>
      log.warn({ reason: reasonOf(error) }, 'render not given back; the sweep will'),
    )

    return { outcome: 'returned' }
  }
  /** It came to nothing, and nobody can say whether by its own fault or the device's. */
  const noteTrouble = async (how: string): Promise<void> => {
    const reason = device.troubles.note(render.key, how)
    if (reason === null || device.aside !== null) return

    device.aside = reason
    log.error({ reason }, 'device set aside')
    await keep('set the device aside', commitForMs, () =>
      setDeviceAside(held.ledger, { id: device.id, reason, keys: device.troubles.keys }),
    )
  }
  /** As the ledger counts them, this one included. */
  const deaths = (): number => (hooks.hasCheckpoint ? 0 : render.deaths) + 1
  const giveUpOrBack = async (how: string, sentence: string): Promise<RenderOutcome> => {
    const maySpare = oomKills() === null && device.canSpare(render.recipe, pack.info)
    const isLast = deaths() >= maxDeaths && !maySpare
    const outcome = isLast ? await fail(sentence) : await giveBack({ died: true })
    await noteTrouble(how)

    return outcome
  }

  switch (ending.outcome) {
    case 'done': {
      device.troubles.forget()
      device.speed = ending.speed
      device.noteRung(render.recipe, pack.info, ending.rung)

      return { outcome: 'rendered', committed: commit(ending) }
    }
    case 'failed':
      // Pack and device are the worker's matter, not this recipe's.
      if (ending.code === 'pack_invalid' || ending.code === 'unavailable') {
        await giveBack()
        if (ending.code === 'unavailable') await noteTrouble(ending.message)

        return { outcome: 'unable', reason: ending.message }
      }
      if (ending.code === 'out_of_memory' && spareMemory()) return giveBack()
      // No sentence of ours: a driver, a library, the machine.
      if (ending.code === 'internal') return giveUpOrBack(ending.message, ending.message)

      return fail(ending.message)
    case 'stopped': {
      const checkpoint = ending.checkpoint
      if (lost.signal.aborted) return { outcome: 'returned' }
      if (checkpoint)
        await keep('save the checkpoint', returnForMs, async () => {
          await hooks.settled()

          return commitCheckpoint(held, checkpoint)
        }).catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'last checkpoint not saved'))
      log.info({ step: checkpoint?.step ?? null }, 'render stopped')

      return giveBack()
    }
    case 'died': {
      // A checkpoint on its way counts; without the ledger nothing else could be begun either.
      await hooks.settled()
      if (ending.together > 1) {
        device.halveBatch()
        log.warn({ how: ending.how, together: ending.together, batch: device.batch }, 'renderer died')

        return giveBack()
      }
      log.warn({ how: ending.how, deaths: deaths(), starved: ending.starved }, 'renderer died')
      // Only then: with less memory at a time, a picture may come out a shade different.
      if (ending.starved && spareMemory()) return giveBack()

      return giveUpOrBack(ending.how, poisonous(deaths(), ending.how, ending.starved))
    }
  }

  async function commit(picture: Picture): Promise<boolean> {
    // Only a render in progress takes intermediate pictures.
    await hooks.settled()
    const { width_height: size, n_batches: count } = render.recipe
    const metrics = { ...picture.metrics, ...(await measurePng(picture.image.png, { size, count })) }
    const committed = await keep('write the picture', commitForMs, () =>
      commitPicture(held, { ...picture, metrics }),
    )
    const seconds = Number(((performance.now() - started) / 1_000).toFixed(3))
    if (committed) log.info({ seconds, renderSeconds: picture.seconds.total }, 'render done')
    else log.warn('claim lost, picture dropped')

    return committed
  }
}

function poisonous(deaths: number, how: string, starved: boolean | null): string {
  const advice =
    starved === false
      ? 'Memory was not short. Retry it, on another device if there is one.'
      : 'It probably needs more memory than the device has: try a smaller width_height, fewer cuts, fewer or smaller CLIP models, or use_secondary_model on, then retry.'

  return `The renderer died ${deaths} times at this picture (${how}). ${advice}`
}

async function loadCheckpoint({ render, held, log }: RenderOneOptions): Promise<Uint8Array | undefined> {
  if (!render.checkpoint) return undefined

  const bytes = await held.blobs.get(render.checkpoint)
  if (!bytes) log.warn({ checkpoint: render.checkpoint }, 'checkpoint is gone, starting over')

  return bytes ?? undefined
}

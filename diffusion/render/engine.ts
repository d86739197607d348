import { availableParallelism } from 'node:os'
import { picturesOf, type Recipe } from '#study'
import { animationRuns } from '../animation/animation-runs.ts'
import { inTurn } from '../batch/in-turn.ts'
import { stepTogether } from '../batch/step-together.ts'
import { type Fit, isOutOfMemory, noRoom, thriftyNetworks } from '../batch/thrifty-networks.ts'
import type { DeviceName } from '../devices/device-name.ts'
import { type Proof, proveDevice } from '../devices/prove.ts'
import { type Pictures, readPictures } from '../image/index.ts'
import type { Pack } from '../pack/index.ts'
import type { RenderEvent, RenderOptions, RenderResult } from './events.ts'
import { type OpenPack, openPack } from './open-pack.ts'
import { renderRuns } from './render-runs.ts'
import type { PlannedRun } from './runs.ts'
import { stillRuns } from './still-runs.ts'

export interface EngineOptions {
  device: DeviceName
  /** threads inside one operation; may change the last bits of a picture. Default: the processor's cores, at most 8 */
  threads?: number
}

/**
 * Makes pictures on one device. One per renderer process. Renders of one pack and size that run at the same time are
 * stepped together, as one batch that each joins and leaves between two of its steps; read the events of all of them.
 */
export interface Engine {
  /**
   * Compares what the device computes with the processor's results, once; throws `unavailable` with the reason if it
   * must not render. Happens before the first render in any case.
   */
  prove(): Promise<Proof>
  /** Throws `invalid_input`, `conflict` (checkpoint), `cancelled`, `render_failed`, `out_of_memory`, `unavailable`. */
  render(recipe: Recipe, pack: Pack, options?: RenderOptions): AsyncGenerator<RenderEvent, RenderResult>
  /** Frees all networks. */
  release(): Promise<void>
}

/** The renders of one pack and size. */
interface Group {
  fit: Fit
  together: ReturnType<typeof stepTogether>
}

/** A still, or the frames of an animation. */
function plannedRuns(recipe: Recipe, pictures: Pictures): PlannedRun[] {
  const still = stillRuns(recipe, pictures)

  return recipe.animation_mode === 'None' ? still : animationRuns(recipe, still[0]!)
}

/** More threads than this wait for each other in networks of this kind. */
const mostThreads = 8

const defaultThreads = () => Math.min(availableParallelism(), mostThreads)

export function createEngine({ device, threads = defaultThreads() }: EngineOptions): Engine {
  const opened = new Map<string, Promise<OpenPack>>()
  const groups = new Map<string, Group>()
  const turns = inTurn()
  const prove = () => proveDevice({ device, threads })

  const openOnce = (pack: Pack) => {
    const known = opened.get(pack.hash)

    if (known) return known

    const opening = prove().then(() => openPack(pack, { device, threads }))
    opened.set(pack.hash, opening)
    opening.catch(() => opened.delete(pack.hash))

    return opening
  }

  const letGo = async () => {
    for (const pack of opened.values()) await (await pack).networks.release()
  }

  const groupOf = (open: OpenPack, pack: Pack, { width_height: size }: Recipe): Group => {
    const key = `${pack.hash} ${size.join('×')}`
    const known = groups.get(key)

    if (known) return known

    const fit = { rung: 0 }
    const networks = thriftyNetworks({ networks: open.networks, fit, turns, letGo })
    const group = { fit, together: stepTogether(networks, size) }
    groups.set(key, group)

    return group
  }

  return {
    prove,

    async *render(recipe, pack, options = {}) {
      const pictures = await readPictures(picturesOf(recipe), options.picture)
      const open = await openOnce(pack)
      const { fit, together } = groupOf(open, pack, recipe)
      fit.rung = Math.max(fit.rung, options.rung ?? 0)
      const seat = together.join(options.signal)
      const run = renderRuns(
        {
          recipe,
          pack,
          open: { ...open, networks: seat.networks, members: () => Math.max(together.members, 1) },
          pictures,
          options,
        },
        plannedRuns(recipe, pictures),
      )

      try {
        for (;;) {
          const next = await run.next()

          if (next.done) return { ...next.value, rung: fit.rung }

          seat.pause()
          yield next.value
          seat.resume()
        }
      } catch (error) {
        throw isOutOfMemory(error) ? noRoom(error as Error) : error
      } finally {
        seat.leave()
        await run.return(undefined as never)
      }
    },

    async release() {
      await turns(letGo)
      opened.clear()
      groups.clear()
    },
  }
}

import { availableParallelism } from 'node:os'
import type { Recipe } from '#study'
import type { Pack } from '../pack/index.ts'
import type { RenderEvent, RenderOptions, RenderResult } from './events.ts'
import { type OpenPack, openPack } from './open-pack.ts'
import { renderStill } from './render-still.ts'

export interface EngineOptions {
  device: 'cpu'
  /** threads inside one operation; may change the last bits of a picture. Default: the processor's cores, at most 8 */
  threads?: number
}

/** Makes pictures on one device. One per renderer process; renders run one at a time. */
export interface Engine {
  /** Throws `invalid_input`, `conflict` (checkpoint), `cancelled`, `render_failed`, `out_of_memory`. */
  render(recipe: Recipe, pack: Pack, options?: RenderOptions): AsyncGenerator<RenderEvent, RenderResult>
  /** Frees all networks. */
  release(): Promise<void>
}

/** More threads than this wait for each other in networks of this kind. */
const mostThreads = 8

const defaultThreads = () => Math.min(availableParallelism(), mostThreads)

export function createEngine({ device, threads = defaultThreads() }: EngineOptions): Engine {
  const opened = new Map<string, Promise<OpenPack>>()

  const openOnce = (pack: Pack) => {
    const known = opened.get(pack.hash)

    if (known) return known

    const opening = openPack(pack, { device, threads })
    opened.set(pack.hash, opening)
    opening.catch(() => opened.delete(pack.hash))

    return opening
  }

  return {
    async *render(recipe, pack, options = {}) {
      return yield* renderStill({ recipe, pack, open: await openOnce(pack), options })
    },

    async release() {
      const packs = [...opened.values()]
      opened.clear()
      await Promise.all(packs.map(async (pack) => (await pack).networks.release()))
    },
  }
}

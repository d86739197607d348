import { findPacks as findPlaces, loadPack, packInfo } from '#diffusion'
import type { PackInfo } from '#study'
import { reasonOf } from './keep-trying.ts'
import type { Logger } from './log.ts'
import { packContents } from './pack-contents.ts'

export interface HeldPack {
  /** What `loadPack` takes: a folder, or the file of a loose denoiser. */
  folder: string
  info: PackInfo
}

/**
 * The packs of this machine by name: folders with a `pack.json`, and denoisers that lie loose with what they need. A
 * pack that is corrupt is told in the log and left out; the others still render.
 */
export async function findPacks(options: { models: string; log: Logger }): Promise<Map<string, HeldPack>> {
  const { models, log } = options
  const held = new Map<string, HeldPack>()

  const { places, loose } = await findPlaces(models)
  for (const { path, problem } of loose) if (problem) log.error({ path, reason: problem }, 'file left out')
  for (const folder of places) {
    try {
      const pack = await loadPack(folder)
      const info = { ...packInfo(pack), contents: await packContents(pack) }
      const other = held.get(info.name)
      if (other)
        log.warn({ pack: info.name, folder, kept: other.folder }, 'two packs have this name; left one out')
      else held.set(info.name, { folder, info })
    } catch (error) {
      log.error({ folder, reason: reasonOf(error) }, 'pack left out')
    }
  }
  if (held.size === 0) log.warn({ models }, 'no pack found: this worker cannot render')

  return held
}

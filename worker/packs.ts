import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { loadPack, packInfo } from '#diffusion'
import type { PackInfo } from '#study'
import { reasonOf } from './keep-trying.ts'
import type { Logger } from './log.ts'

export interface HeldPack {
  folder: string
  info: PackInfo
}

/**
 * The packs of this machine by name: every folder with a `pack.json` in `<models>/packs` (or in `models` itself, when
 * it is a folder of packs). A pack that is corrupt is told in the log and left out; the others still render.
 */
export async function findPacks(options: { models: string; log: Logger }): Promise<Map<string, HeldPack>> {
  const { models, log } = options
  const held = new Map<string, HeldPack>()

  for (const folder of await packFolders(models)) {
    try {
      const info = packInfo(await loadPack(folder))
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

async function packFolders(models: string): Promise<string[]> {
  const folders: string[] = []
  for (const parent of [join(models, 'packs'), models]) {
    const names = await readdir(parent).catch(() => [])
    for (const name of names.sort()) {
      const folder = resolve(parent, name)
      if (await stat(join(folder, 'pack.json')).catch(() => null)) folders.push(folder)
    }
  }

  return folders
}

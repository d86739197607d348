import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type KnownFile, knownFiles } from './known-files.ts'
import { type LooseFile, looseFiles } from './loose-files.ts'

export interface FoundPacks {
  /** What `loadPack` takes: a folder with a pack.json, or a denoiser that lies loose. */
  places: string[]
  /** Every weight file that no pack.json names. */
  loose: LooseFile[]
}

/**
 * The packs of a models folder: folders with a pack.json in it or in its `packs`, and each denoiser that lies in one
 * of these folders, or in a folder of theirs, without a pack.json.
 */
export async function findPacks(
  models: string,
  known: readonly KnownFile[] = knownFiles,
): Promise<FoundPacks> {
  const found: FoundPacks = { places: [], loose: [] }
  for (const parent of [join(models, 'packs'), models]) {
    for (const folder of [parent, ...(await foldersIn(parent))]) {
      if (folder === join(models, 'packs') && parent === models) continue
      if (await isFile(join(folder, 'pack.json'))) found.places.push(folder)
      else {
        const files = await looseFiles(folder, known)
        found.loose.push(...files)
        found.places.push(...files.filter(({ role }) => role?.part === 'denoiser').map(({ path }) => path))
      }
    }
  }

  return found
}

async function foldersIn(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
  const names = entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)

  return names
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => join(parent, name))
}

export async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)

  return found?.isFile() ?? false
}

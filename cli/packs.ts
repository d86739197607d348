import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { loadPack, type Pack, packInfo } from '#diffusion'
import { type PackInfo, TeststripError } from '#study'

const root = resolve(import.meta.dirname, '..')

/** The folder of models that the services use too. */
export function modelsFolder(): string {
  return resolve(root, process.env.TESTSTRIP_MODELS || 'models')
}

/** Folders that hold a pack: below `packs/` in the models folder, or the models folder's own. */
export async function packFolders(models = modelsFolder()): Promise<string[]> {
  const folders: string[] = []
  for (const parent of [join(models, 'packs'), models]) {
    const names = await readdir(parent).catch(() => [])
    for (const name of names.sort())
      if (await stat(join(parent, name, 'pack.json')).catch(() => null)) folders.push(join(parent, name))
  }

  return folders
}

/** The pack of that name on this machine, verified. */
export async function packNamed(name: string): Promise<{ pack: Pack; info: PackInfo; folder: string }> {
  const names: string[] = []
  for (const folder of await packFolders()) {
    const pack = await loadPack(folder)
    const info = packInfo(pack)
    if (info.name === name) return { pack, info, folder }
    names.push(info.name)
  }

  throw new TeststripError(
    'not_found',
    `There is no pack "${name}" in ${modelsFolder()}; it holds ${names.join(', ') || 'none'}. Set TESTSTRIP_MODELS to another folder, or name another pack.`,
  )
}

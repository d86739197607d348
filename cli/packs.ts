import { resolve } from 'node:path'
import { findPacks, loadPack, type Pack, packInfo } from '#diffusion'
import { type PackInfo, TeststripError } from '#study'

const root = resolve(import.meta.dirname, '..')

/** The folder of models that the services use too. */
export function modelsFolder(): string {
  return resolve(root, process.env.TESTSTRIP_MODELS || 'models')
}

/** What `loadPack` takes of each pack on this machine: a folder, or a denoiser that lies loose. */
export async function packPlaces(): Promise<string[]> {
  return (await findPacks(modelsFolder())).places
}

/** The pack of that name on this machine, verified. */
export async function packNamed(name: string): Promise<{ pack: Pack; info: PackInfo; folder: string }> {
  const names: string[] = []
  for (const folder of await packPlaces()) {
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

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pack } from '#diffusion'
import type { PackContents, PackFile } from '#study'

/** What a loaded pack is made of, file by file. */
export async function packContents({ dir, manifest, ...pack }: Pack): Promise<PackContents> {
  const parts = [
    { part: pack.denoiser, entries: [manifest.denoiser] },
    { part: pack.secondary, entries: [manifest.secondary] },
    ...pack.clip.map((part) => ({ part, entries: [part.entry] })),
    { part: pack.lpips, entries: [manifest.lpips, manifest.lpips?.taps] },
  ]
  const files: PackFile[] = []
  for (const { part, entries } of parts) {
    if (!part) continue
    const hashes = part.sha256.split('+')
    const tensors = [...part.weights.tensors.values()]
    const parameters = tensors.reduce(
      (all, { shape }) => all + shape.reduce((product, size) => product * size, 1),
      0,
    )
    for (const [k, entry] of entries.entries()) {
      if (!entry) continue
      const { size: bytes } = await stat(join(dir, entry.file))
      files.push({
        role: part.role,
        file: entry.file,
        bytes,
        sha256: hashes[k]!,
        // Of a network in two files the first tells.
        parameters: k === 0 ? parameters : 0,
      })
    }
  }

  return { licence: manifest.licence ?? null, folder: dir, files }
}

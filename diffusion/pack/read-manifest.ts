import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { TeststripError } from '#study'
import { assembleManifest } from './assemble-manifest.ts'
import { isFile } from './find-packs.ts'
import type { KnownFile } from './known-files.ts'
import { type LooseFile, looseFiles } from './loose-files.ts'
import { type PackManifest, packManifest } from './schema.ts'

/**
 * What a place says of its pack: the pack.json of a folder, or what follows from a denoiser and from what lies
 * beside it. A folder without a pack.json stands for the one denoiser in it.
 */
export async function readManifest(
  place: string,
  known: readonly KnownFile[],
): Promise<{ dir: string; manifest: PackManifest }> {
  if (await isFile(place)) {
    const dir = dirname(place)
    const files = await looseFiles(dir, known)
    const denoiser = files.find(({ file }) => file === basename(place))
    if (!denoiser) throw invalid(place, 'this is no file of weights.')

    return { dir, manifest: assembleLoose(denoiser, files) }
  }
  if (await isFile(join(place, 'pack.json')))
    return { dir: place, manifest: await parseManifest(join(place, 'pack.json')) }

  return { dir: place, manifest: await onlyDenoiser(place, known) }
}

async function onlyDenoiser(dir: string, known: readonly KnownFile[]): Promise<PackManifest> {
  const files = await looseFiles(dir, known)
  const [denoiser, ...others] = files.filter(({ role }) => role?.part === 'denoiser')
  if (!denoiser) {
    const problem = files.find((file) => file.problem)?.problem
    throw problem
      ? new TeststripError('pack_invalid', problem, { path: dir })
      : invalid(
          join(dir, 'pack.json'),
          'the file is missing; a pack is a folder of weights with a pack.json, or with a denoiser that Disco Diffusion knows.',
        )
  }
  if (others.length > 0)
    throw invalid(
      dir,
      `several denoisers lie here; name one of them: ${[denoiser, ...others].map(({ file }) => file).join(', ')}.`,
    )

  return assembleLoose(denoiser, files)
}

function assembleLoose(denoiser: LooseFile, files: readonly LooseFile[]): PackManifest {
  if (denoiser.problem) throw new TeststripError('pack_invalid', denoiser.problem, { path: denoiser.path })
  if (!denoiser.role)
    throw invalid(
      denoiser.path,
      'its tensors are not those of a denoiser that Disco Diffusion builds; describe it in a pack.json.',
    )

  return assembleManifest(denoiser, files)
}

async function parseManifest(path: string): Promise<PackManifest> {
  let json: unknown
  try {
    json = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw invalid(path, `the file is no JSON (${(error as Error).message}).`)
  }
  const parsed = packManifest.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues

  throw invalid(path, `${z.core.toDotPath(issue!.path)}: ${issue!.message}.`)
}

function invalid(path: string, why: string): TeststripError {
  return new TeststripError('pack_invalid', `${path}: ${why}`, { path })
}

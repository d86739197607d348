import { createHash } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { checkRecipe, TeststripError } from '#study'
import { Graph } from '../graph/index.ts'
import { checkNetworks } from '../networks/check-networks.ts'
import { clipSizes } from '../networks/clip-vision.ts'
import { readSafetensors } from '../weights/index.ts'
import { fileHash } from './file-hash.ts'
import type { ClipPart, Pack, PackPart } from './pack.ts'
import { packInfo } from './pack-info.ts'
import { type ClipEntry, type PackManifest, packManifest } from './schema.ts'

/** Rows of a CLIP token table that are no merges: 2 × 256 bytes, start and end of text. */
const plainTokens = 514

/**
 * Opens a folder of weights: pack.json, the header and SHA-256 of each file, and every tensor the networks will ask
 * for. Throws `pack_invalid` with one sentence that names the file at fault.
 */
export async function loadPack(dir: string): Promise<Pack> {
  const manifest = await readManifest(dir)
  const { denoiser, secondary, clip, lpips } = manifest
  const parts = {
    dir: await realpath(dir),
    manifest,
    denoiser: await loadPart(dir, 'denoiser', denoiser),
    secondary: secondary ? await loadPart(dir, 'secondary', secondary) : null,
    clip: await Promise.all(clip.map((entry) => loadClip(dir, entry))),
    lpips: lpips ? await loadPart(dir, 'lpips', lpips) : null,
  }
  checkNetworks(parts)
  const pack = { ...parts, hash: packHash([parts.denoiser, parts.secondary, ...parts.clip, parts.lpips]) }
  checkDefaults(pack)

  return pack
}

/** A pack's own defaults must be values a person could have typed. */
function checkDefaults(pack: Pack): void {
  const { defaults } = pack.manifest
  const { problems } = checkRecipe(defaults, { ...packInfo(pack), defaults: {} })
  const problem = problems.find(({ parameter }) => parameter !== undefined && parameter in defaults)
  if (problem)
    throw new TeststripError('pack_invalid', `${join(pack.dir, 'pack.json')}: defaults: ${problem.message}`, {
      parameter: problem.parameter,
    })
}

async function readManifest(dir: string): Promise<PackManifest> {
  const path = join(dir, 'pack.json')
  const fail = (why: string): never => {
    throw new TeststripError('pack_invalid', `${path}: ${why}`, { path })
  }
  const text = await readFile(path, 'utf8').catch(() =>
    fail('the file is missing; a pack is a folder of weights with a pack.json.'),
  )
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    fail(`the file is no JSON (${(error as Error).message}).`)
  }
  const parsed = packManifest.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return fail(`${z.core.toDotPath(issue!.path)}: ${issue!.message}.`)
  }

  return parsed.data
}

async function loadPart(
  dir: string,
  role: string,
  entry: { file: string; sha256?: string; [flag: string]: unknown },
): Promise<PackPart> {
  const path = join(dir, entry.file)
  const weights = await readSafetensors(path)
  const sha256 = await fileHash(weights.path)
  if (entry.sha256 !== undefined && entry.sha256 !== sha256)
    throw new TeststripError(
      'pack_invalid',
      `${entry.file}: its SHA-256 is ${sha256.slice(0, 12)}…, but pack.json says ${entry.sha256.slice(0, 12)}…; the file was changed or damaged, copy it again.`,
      { path, expected: entry.sha256, found: sha256 },
    )

  // In the order of the schema, with its defaults filled in: a flag left out and its default read the same.
  const { file: _file, sha256: _sha256, ...flags } = entry

  return { role, sha256, weights, flags: JSON.stringify(flags) }
}

async function loadClip(dir: string, entry: ClipEntry): Promise<ClipPart> {
  const part = await loadPart(dir, `clip/${entry.name}`, entry)
  const { resolution, embed, contextLength, vocabulary } = clipSizes(part.weights, new Graph())
  if (vocabulary < plainTokens)
    throw new TeststripError(
      'pack_invalid',
      `${basename(part.weights.path)}: its token table has ${vocabulary} rows, fewer than CLIP's ${plainTokens} plain tokens.`,
    )

  return { ...part, entry, resolution, embed, contextLength, merges: vocabulary - plainTokens }
}

function packHash(parts: readonly (PackPart | null)[]): string {
  const lines = parts.flatMap((part) => (part ? [`${part.role}:${part.sha256}:${part.flags}`] : []))

  return createHash('sha256').update(lines.sort().join('\n')).digest('hex')
}

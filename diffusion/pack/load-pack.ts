import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { checkRecipe, TeststripError } from '#study'
import { Graph } from '../graph/index.ts'
import { checkNetworks } from '../networks/check-networks.ts'
import { clipSizes } from '../networks/clip-vision.ts'
import { joinFiles, readWeights, type TensorFile } from '../weights/index.ts'
import { fileHash } from './file-hash.ts'
import { type KnownFile, knownFiles } from './known-files.ts'
import type { ClipPart, Pack, PackPart } from './pack.ts'
import { packInfo } from './pack-info.ts'
import { readManifest } from './read-manifest.ts'
import type { ClipEntry } from './schema.ts'

/** Rows of a CLIP token table that are no merges: 2 × 256 bytes, start and end of text. */
const plainTokens = 514

/**
 * Opens a pack: a folder of weights with a pack.json, or a denoiser that lies loose among what it needs. Checks the
 * header and SHA-256 of each file, and every tensor that the networks will ask for. Throws `pack_invalid` with one
 * sentence that names the file at fault.
 */
export async function loadPack(place: string, known: readonly KnownFile[] = knownFiles): Promise<Pack> {
  const { dir, manifest } = await readManifest(place, known)
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

interface PartEntry {
  file: string
  sha256?: string
  taps?: { file: string; sha256?: string }
  [flag: string]: unknown
}

async function loadPart(dir: string, role: string, entry: PartEntry): Promise<PackPart> {
  // In the order of the schema, with its defaults filled in: a flag left out and its default read the same.
  const { file, sha256, taps, ...flags } = entry
  const first = await loadFile(dir, { file, sha256 })
  const rest = taps ? [await loadFile(dir, taps)] : []

  return {
    role,
    sha256: [first, ...rest].map((each) => each.sha256).join('+'),
    weights:
      rest.length > 0 ? joinFiles([first.weights, ...rest.map(({ weights }) => weights)]) : first.weights,
    flags: JSON.stringify(flags),
  }
}

async function loadFile(
  dir: string,
  { file, sha256: expected }: { file: string; sha256?: string },
): Promise<{ weights: TensorFile; sha256: string }> {
  const path = join(dir, file)
  const weights = await readWeights(path)
  const sha256 = await fileHash(weights.path)
  if (expected !== undefined && expected !== sha256)
    throw new TeststripError(
      'pack_invalid',
      `${file}: its SHA-256 is ${sha256.slice(0, 12)}…, but pack.json says ${expected.slice(0, 12)}…; the file was changed or damaged, copy it again.`,
      { path, expected, found: sha256 },
    )

  return { weights, sha256 }
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

import { readdir } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { readWeights, type TensorFile } from '../weights/index.ts'
import { fileHash } from './file-hash.ts'
import { type KnownFile, knownFiles, type Role } from './known-files.ts'
import { layoutOf } from './layouts.ts'

/** A file of weights that no pack.json names. */
export interface LooseFile {
  path: string
  /** File name, without the folder. */
  file: string
  /** Name of the model; the file's own, without its ending, where it is not a published one. */
  name: string
  sha256: string | null
  /** What it is in a pack; null when it is nothing that Teststrip knows. */
  role: Role | null
  /** Why it cannot be used; null when it can, or when it is simply unknown. */
  problem: string | null
}

const endings = new Set(['.pt', '.pth', '.ckpt', '.bin', '.safetensors'])

/**
 * The weight files in a folder and what each of them is: a published file by its SHA-256, or a denoiser of one's own
 * by its tensors, when they are exactly those of a layout that Disco Diffusion builds.
 */
export async function looseFiles(
  folder: string,
  known: readonly KnownFile[] = knownFiles,
): Promise<LooseFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    endings.has(extname(name).toLowerCase()),
  )
  const files: LooseFile[] = []
  for (const name of names.sort()) files.push(await lookAt(join(folder, name), known))

  return files
}

async function lookAt(path: string, known: readonly KnownFile[]): Promise<LooseFile> {
  const file = basename(path)
  const name = basename(path, extname(path))
  const unknown = { path, file, name, sha256: null, role: null, problem: null }
  let weights: TensorFile
  try {
    weights = await readWeights(path)
  } catch (error) {
    return { ...unknown, problem: (error as Error).message }
  }
  if (!isNetwork(weights)) return unknown

  const sha256 = await fileHash(weights.path)
  const published = known.find((each) => each.sha256 === sha256)
  if (published) return { ...unknown, name: published.name, sha256, role: published.role }

  const namesake = known.find((each) => each.file === file)
  if (namesake) {
    const problem = `${file}: its SHA-256 is ${sha256.slice(0, 12)}…, but that of the published file is ${namesake.sha256.slice(0, 12)}…; it was changed or damaged: download it again, or rename it if it is your own.`

    return { ...unknown, sha256, problem }
  }
  const layout = layoutOf(weights)

  return { ...unknown, sha256, role: layout && { part: 'denoiser', layout } }
}

/** A tensor of each kind of network; hashing anything else would take time for nothing. */
const signs = [
  'input_blocks.0.0.weight',
  'timestep_embed.weight',
  'token_embedding.weight',
  'features.0.weight',
  'lin0.model.1.weight',
]

function isNetwork({ tensors }: TensorFile): boolean {
  return signs.some((name) => tensors.has(name))
}

import type { PackCosts } from './pack-costs.ts'
import type { RecipePatch } from './parameters/catalogue.ts'

export interface ClipInfo {
  /** The recipe switch it answers to, such as `ViTB32`. */
  name: string
  /** Side of its input, pixels. */
  resolution: number
  /** Tokens it reads, start and end included. */
  contextLength: number
  /** Length of its merge table: rows(token_embedding) - 514. */
  merges: number
  /** Length of its embedding. */
  embed: number
}

export interface PackFile {
  /** denoiser, secondary, clip/NAME or lpips. */
  role: string
  /** Name in the pack's folder. */
  file: string
  bytes: number
  /** Hex, as it was when a worker loaded the pack. */
  sha256: string
  parameters: number
}

/** What a pack is made of, as the worker that holds it found it. */
export interface PackContents {
  licence: string | null
  /** On the worker's machine. */
  folder: string
  files: PackFile[]
}

/** What the rest of Teststrip needs to know of a folder of weights. */
export interface PackInfo {
  name: string
  title: string
  /** SHA-256 (hex) of its weight files and of how they are to be read: all of a pack that decides pixels. */
  hash: string
  /** Width and height it was trained at, pixels. */
  nativeSize: [number, number]
  defaults: RecipePatch
  usual: Record<string, [number, number]>
  clip: ClipInfo[]
  secondary: boolean
  lpips: boolean
  parameterCount: number
  costs: PackCosts
  /** Known once a worker has registered the pack. */
  contents?: PackContents
}

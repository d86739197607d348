import type { TensorFile } from '../weights/tensor-file.ts'
import type { ClipEntry, PackManifest } from './schema.ts'

/** One weight file of a pack: checked, its header read. */
export interface PackPart {
  /** denoiser, secondary, clip/NAME or lpips. */
  readonly role: string
  /** Hex; two, joined by +, where its weights are two files. */
  readonly sha256: string
  readonly weights: TensorFile
  /** How pack.json says the weights are to be read (heads, activation, what is predicted …), as canonical JSON. */
  readonly flags: string
}

export interface ClipPart extends PackPart {
  readonly entry: ClipEntry
  /** Side of the cuts, pixels. */
  readonly resolution: number
  readonly contextLength: number
  /** Merges of CLIP's byte-pair table that its vocabulary holds. */
  readonly merges: number
  /** Length of an embedding. */
  readonly embed: number
}

/** A folder of network weights that was found in order. */
export interface Pack {
  /** Real path of the folder. */
  readonly dir: string
  readonly manifest: PackManifest
  readonly denoiser: PackPart
  readonly secondary: PackPart | null
  readonly clip: readonly ClipPart[]
  readonly lpips: PackPart | null
  /** SHA-256 (hex) of the sorted `role:sha256:flags` lines of its weight files. */
  readonly hash: string
}

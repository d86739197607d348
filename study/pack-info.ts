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
}

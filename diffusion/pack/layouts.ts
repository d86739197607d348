import { Graph } from '../graph/index.ts'
import { unet, unetMultiple } from '../networks/unet.ts'
import type { TensorEntry, TensorFile } from '../weights/index.ts'
import { packManifest, type UnetConfig } from './schema.ts'

/** The four UNets that Disco Diffusion can build; `custom` checkpoints are read as its `kaliyuga` one. */
export type Layout = '512x512' | '256x256' | 'portrait' | 'kaliyuga'

const config = (values: Record<string, unknown>): UnetConfig =>
  packManifest.shape.denoiser.shape.config.parse({ learn_sigma: true, num_res_blocks: 2, ...values })

const plain = { resblock_updown: true, use_scale_shift_norm: true, attention_resolutions: '32,16,8' }

export const layouts: Readonly<Record<Layout, UnetConfig>> = {
  '512x512': config({ ...plain, image_size: 512, num_channels: 256, num_head_channels: 64 }),
  '256x256': config({ ...plain, image_size: 256, num_channels: 256, num_head_channels: 64 }),
  portrait: config({ ...plain, image_size: 512, num_channels: 128, num_heads: 4 }),
  kaliyuga: config({
    image_size: 256,
    num_channels: 128,
    attention_resolutions: '16',
    num_heads: 1,
    resblock_updown: false,
    use_scale_shift_norm: false,
  }),
}

/** The layout whose tensors are those of the file, all of them and with their shapes; null when there is none. */
export function layoutOf(file: TensorFile): Layout | null {
  const names = Object.keys(layouts) as Layout[]

  return names.find((layout) => fits(file, layouts[layout])) ?? null
}

function fits(file: TensorFile, layout: UnetConfig): boolean {
  const tensors = new Watched(file.tensors)
  const side = unetMultiple(layout)
  try {
    unet(new Graph(), { path: file.path, tensors }, layout, [side, side])
  } catch {
    return false
  }

  return [...tensors.keys()].every((name) => tensors.asked.has(name))
}

/** A table that remembers what it was asked for. */
class Watched extends Map<string, TensorEntry> {
  readonly asked = new Set<string>()

  override get(name: string): TensorEntry | undefined {
    this.asked.add(name)

    return super.get(name)
  }
}

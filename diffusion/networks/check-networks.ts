import { Graph } from '../graph/index.ts'
import type { Pack } from '../pack/pack.ts'
import { clipText } from './clip-text.ts'
import { clipVision } from './clip-vision.ts'
import { lpips, lpipsMultiple } from './lpips.ts'
import { secondary, secondaryMultiple } from './secondary.ts'
import { unet, unetMultiple } from './unet.ts'

/** Builds every network of a pack without loading it, so that a missing or ill-shaped tensor is found at once. */
export function checkNetworks(pack: Omit<Pack, 'hash'>): void {
  const { config } = pack.manifest.denoiser
  const square = (side: number) => [side, side] as const
  unet(new Graph(), pack.denoiser.weights, config, square(unetMultiple(config)))
  if (pack.secondary) secondary(new Graph(), pack.secondary.weights, square(secondaryMultiple))
  if (pack.lpips) lpips(new Graph(), pack.lpips.weights, square(lpipsMultiple))
  for (const { weights, entry, resolution } of pack.clip) {
    clipText(new Graph(), weights, entry.activation)
    clipVision(new Graph().input('cuts', ['cuts', 3, resolution, resolution]), weights, entry.activation)
  }
}

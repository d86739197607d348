import type { Pack } from '../pack/pack.ts'
import type { Networks } from './index.ts'
import { openClip } from './open-clip.ts'
import { openDenoiser } from './open-denoiser.ts'
import { openLpips } from './open-lpips.ts'
import { openSecondary } from './open-secondary.ts'
import type { DeviceOptions } from './session.ts'

/**
 * The networks of a pack on a device. Sessions are loaded when first used, and per picture size; equal calls give
 * equal bits as long as the number of threads stays the same.
 */
export async function openNetworks(pack: Pack, device: DeviceOptions): Promise<Networks> {
  const { manifest } = pack
  const denoiser = openDenoiser(pack.denoiser.weights, manifest.denoiser.config, device)
  const secondary = pack.secondary && (await openSecondary(pack.secondary.weights, device))
  const clip = pack.clip.map((part) => openClip(part, device))
  const lpips = pack.lpips && openLpips(pack.lpips.weights, device)

  return {
    denoiser,
    secondary,
    clip,
    lpips,
    async release() {
      for (const network of [denoiser, secondary, ...clip, lpips]) await network?.release()
    },
  }
}

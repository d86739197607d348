import type { Networks, Size } from '../networks/index.ts'
import { numbers } from './numeric.ts'

/** Every network of a pack forwards and backwards on fixed numbers, by name: to be held against another device's. */
export async function runAllNetworks(
  networks: Networks,
  { side, secondarySide = side }: { side: number; secondarySide?: number },
): Promise<Record<string, Float32Array>> {
  const size: Size = [side, side]
  const [x, g] = [numbers(3 * side * side, 1), numbers(3 * side * side, 2)] as const
  const found: Record<string, Float32Array> = {}

  const { denoiser, secondary, lpips } = networks
  found['denoiser forward'] = await denoiser.epsilon(x, size, [480], [0.5])
  found['denoiser gradient'] = (await denoiser.vjp(x, size, [480], [0.5], g)).gradient

  if (secondary) {
    const area = secondarySide ** 2
    const picture = numbers(3 * area, 5)
    const sides: Size = [secondarySide, secondarySide]
    found['secondary forward'] = await secondary.predict(picture, sides, [0.6])
    found['secondary gradient'] = await secondary.vjp(picture, sides, [0.6], numbers(3 * area, 6))
  }

  for (const clip of networks.clip) {
    const cuts = numbers(2 * 3 * clip.resolution ** 2, 3).map((value) => (value + 1) / 2)
    const targets = numbers(2 * clip.embed, 4)
    const { distances, gradient } = await clip.lossAndGradient(cuts, 2, targets, Float32Array.of(0.7, -0.2))
    found[`${clip.name} text`] = await clip.encodeText([1, 2, 3])
    found[`${clip.name} forward`] = await clip.encodeImage(cuts)
    found[`${clip.name} distances`] = distances
    found[`${clip.name} gradient`] = gradient
  }

  if (lpips) {
    const { value, gradient } = await lpips.distance(x, g, size)
    found['lpips forward'] = Float32Array.of(value)
    found['lpips gradient'] = gradient
  }

  return found
}

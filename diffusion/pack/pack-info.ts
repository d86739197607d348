import type { PackCosts, PackInfo, RecipePatch } from '#study'
import { countCosts } from '../networks/count-costs.ts'
import type { Pack } from './pack.ts'

/** What a form, a plan and a render key need to know of a pack. */
export function packInfo(pack: Pack): PackInfo {
  const { manifest, denoiser, secondary, clip, lpips, hash } = pack
  const { image_size: side } = manifest.denoiser.config
  const files = [denoiser, secondary, ...clip, lpips].flatMap((part) => (part ? [part.weights] : []))
  const elements = files.flatMap((file) =>
    [...file.tensors.values()].map(({ shape }) => shape.reduce((all, dim) => all * dim, 1)),
  )

  return {
    name: manifest.name,
    title: manifest.title ?? manifest.name,
    hash,
    nativeSize: manifest.native_size ?? [side, side],
    defaults: manifest.defaults as RecipePatch,
    usual: manifest.usual,
    clip: clip.map(({ entry, resolution, contextLength, merges, embed }) => ({
      name: entry.name,
      resolution,
      contextLength,
      merges,
      embed,
    })),
    secondary: secondary !== null,
    lpips: lpips !== null,
    parameterCount: elements.reduce((all, count) => all + count, 0),
    costs: costsOf(pack),
  }
}

const counted = new WeakMap<Pack['denoiser'], PackCosts>()

/** Counted once: it takes a moment. */
function costsOf(pack: Pack): PackCosts {
  const costs = counted.get(pack.denoiser) ?? countCosts(pack)
  counted.set(pack.denoiser, costs)

  return costs
}

import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'
import { demandOf, nextRung, rungs } from './thrift.ts'

// Orders of magnitude fitted to the figures users report for the published networks (12 GB at 1280 × 768 with
// three CLIPs and the secondary model, 20 GB without it); a device remembers what really fits.
const runtimeBytes = 250e6
const bytesPerWeight = 4.5
const bytesPerPixelAndRootOfWeights = 0.25
const gradientShare = 1.7
const bytesPerCutPixel = 800

/** Peak memory of a render in bytes: a forecast, good to about a factor of 1.5. */
export function memoryBytes(recipe: Recipe, pack: PackInfo, way: Way = {}): number {
  const { pictures = 1, rung = 0 } = way
  const thrift = rungs[rung]!
  const mostCuts = Math.min(demandOf(recipe, pictures).cuts, thrift.cuts)
  const sides = pack.clip
    .filter((clip) => clipNames.some((name) => name === clip.name && recipe[name]))
    .map((clip) => clip.resolution)
  const cutPixels = mostCuts * Math.max(0, ...sides) ** 2
  const [width, height] = recipe.width_height
  const denoiser =
    Math.min(pictures, thrift.pictures) *
    width *
    height *
    bytesPerPixelAndRootOfWeights *
    Math.sqrt(pack.parameterCount)

  return Math.round(
    runtimeBytes +
      pack.parameterCount * bytesPerWeight +
      denoiser * (recipe.use_secondary_model ? 1 : 1 + gradientShare) +
      cutPixels * bytesPerCutPixel,
  )
}

/** How renders are computed. */
export interface Way {
  /** renders stepped together (1) */
  pictures?: number
  /** rung of the memory ladder (0) */
  rung?: number
}

/** The first rung of the ladder that should fit into so many bytes; the last one, and false, where none does. */
export function rungThatFits(
  recipe: Recipe,
  pack: PackInfo,
  { memory, pictures }: { memory: number; pictures: number },
): { rung: number; fits: boolean } {
  const demand = demandOf(recipe, pictures)

  for (let rung = 0; ; ) {
    if (memoryBytes(recipe, pack, { pictures, rung }) <= memory) return { rung, fits: true }

    const next = nextRung(rung, demand)
    if (next === null) return { rung, fits: false }
    rung = next
  }
}

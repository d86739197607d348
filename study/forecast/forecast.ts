import type { PackInfo } from '../pack-info.ts'
import { clipNames, type Recipe } from '../parameters/catalogue.ts'
import { workOf } from './work-of.ts'

/** What a device was measured to need, for one pack at its native size. */
export interface Speed {
  /** Denoiser, secondary model and sampler, without CLIP. */
  secondsPerStep: number
  /** Loading, encoding prompts, writing the picture. */
  secondsFixed: number
  /** One cut through one CLIP, forwards and backwards. */
  perCutSeconds: number
  /** Renders behind these figures. */
  samples: number
  /** Share by which forecasts usually miss, 0 … 1. */
  error: number
}

// The gradient then runs back through the denoiser: one more forward and one backward pass beside its own.
const withoutSecondary = 2.4

/** Seconds one render should take on a device of that speed. */
export function forecastSeconds(recipe: Recipe, pack: PackInfo, speed: Speed): number {
  const work = workOf(recipe)
  const area = areaOf(recipe) / (pack.nativeSize[0] * pack.nativeSize[1])
  const network = recipe.use_secondary_model ? 1 : withoutSecondary

  return (
    speed.secondsFixed + work.steps * speed.secondsPerStep * area * network + work.cuts * speed.perCutSeconds
  )
}

// Orders of magnitude fitted to the figures users report for the published networks (12 GB at 1280 × 768 with
// three CLIPs and the secondary model, 20 GB without it); a device remembers what really fits.
const runtimeBytes = 250e6
const bytesPerWeight = 4.5
const bytesPerPixelAndRootOfWeights = 0.25
const gradientShare = 1.7
const bytesPerCutPixel = 800

/** Peak memory of a render in bytes: a forecast, good to about a factor of 1.5. */
export function memoryBytes(recipe: Recipe, pack: PackInfo): number {
  const { mostCuts } = workOf(recipe)
  const sides = pack.clip
    .filter((clip) => clipNames.some((name) => name === clip.name && recipe[name]))
    .map((clip) => clip.resolution)
  const cutPixels = mostCuts * Math.max(0, ...sides) ** 2
  const denoiser = areaOf(recipe) * bytesPerPixelAndRootOfWeights * Math.sqrt(pack.parameterCount)

  return Math.round(
    runtimeBytes +
      pack.parameterCount * bytesPerWeight +
      denoiser * (recipe.use_secondary_model ? 1 : 1 + gradientShare) +
      cutPixels * bytesPerCutPixel,
  )
}

const areaOf = (recipe: Recipe): number => recipe.width_height[0] * recipe.width_height[1]

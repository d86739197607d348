import { describe, expect, it } from 'vitest'
import { completeRecipe, forecastSeconds, type PackInfo, type RecipePatch } from '#study'
import { measureSpeed } from './speed.ts'

const pack: PackInfo = {
  name: 'p',
  title: 'p',
  hash: 'h',
  nativeSize: [64, 64],
  defaults: {},
  usual: {},
  clip: [{ name: 'ViTB32', resolution: 32, contextLength: 77, merges: 256, embed: 64 }],
  secondary: true,
  lpips: false,
  parameterCount: 1e6,
  costs: {
    denoiser: {
      weights: 1e6,
      forward: [100, 0],
      keeping: [1000, 0],
      backward: [1000, 0],
      kept: [1000, 0],
      work: [140_000, 0],
      workBack: [140_000, 0],
      recomputing: [400, 0.004],
      keepsUpTo: 500_000,
    },
    secondary: {
      weights: 1e6,
      forward: [60, 0],
      keeping: [100, 0],
      backward: [150, 0],
      kept: [90, 0],
      work: [25_000, 0],
      workBack: [25_000, 0],
    },
    clip: { ViTB32: { weights: 1e6, textWeights: 1e6, alive: 5e5, work: 1e8 } },
    lpips: { weights: 1e6, alive: [500, 0], work: [50_000, 0] },
  },
}
const recipe = completeRecipe(
  {
    width_height: [128, 64],
    steps: 10,
    skip_steps: 0,
    cutn_batches: 1,
    cut_overview: '[3]*1000',
    cut_innercut: '[1]*1000',
  },
  pack,
)
const step = { seconds: 0.5, cuts: 4, cutSeconds: 0.1 }
const steps = [{ ...step, seconds: 2.5 }, ...Array(9).fill(step)]
const first = () => measureSpeed({ recipe, pack, steps, outside: 2 }, undefined)

describe('measured speed', () => {
  it('speaks for the next render: not for what the first one had to load', () => {
    const speed = first()

    expect(speed).toMatchObject({ secondsFixed: 0, samples: 1 })
    expect(speed.perCutSeconds).toBeCloseTo(0.025)
    expect(forecastSeconds(recipe, pack, speed)).toBeCloseTo(5)
  })

  it('learns from the second one what a render takes beside its steps, and how far off it was', () => {
    const speed = measureSpeed({ recipe, pack, steps: Array(10).fill(step), outside: 0.5 }, first())

    expect(speed.secondsFixed).toBeCloseTo(0.5)
    expect(speed.error).toBeCloseTo(0.5 / 5.5)
  })

  it('follows the work: more pixels, no secondary model, no guidance', () => {
    const seconds = (patch: RecipePatch) => forecastSeconds({ ...recipe, ...patch }, pack, first())
    const cuts = 10 * 4 * 0.025

    expect((seconds({ width_height: [128, 128] }) - cuts) / (seconds({}) - cuts)).toBeCloseTo(2)
    expect(seconds({ use_secondary_model: false })).toBeGreaterThan(1.5 * seconds({}))
    expect(seconds({ clip_guidance_scale: 0, tv_scale: 0, sat_scale: 0, range_scale: 0 })).toBeLessThan(
      0.8 * seconds({}),
    )
  })

  it('counts holding on to a start picture, and the second look of PLMS', () => {
    const seconds = (patch: RecipePatch) => forecastSeconds({ ...recipe, ...patch }, pack, first())
    const looks = (seconds({ diffusion_sampling_mode: 'plms' }) / seconds({})) * 10

    expect(seconds({ perlin_init: true, init_scale: 1000 })).toBeGreaterThan(1.2 * seconds({}))
    expect(seconds({ init_scale: 1000 })).toBe(seconds({ init_scale: 0 }))
    expect(looks).toBeCloseTo(11)
  })

  it('learns nothing of cuts from a render without any', () => {
    const blind = Array(10).fill({ seconds: 0.1, cuts: 0, cutSeconds: 0 })

    expect(measureSpeed({ recipe, pack, steps: blind, outside: 0 }, first()).perCutSeconds).toBeCloseTo(0.025)
  })
})

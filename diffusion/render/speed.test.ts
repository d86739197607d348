import { describe, expect, it } from 'vitest'
import { completeRecipe, forecastSeconds, type PackInfo } from '#study'
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

describe('measured speed', () => {
  it('forecasts the render it was measured on', () => {
    const speed = measureSpeed({ recipe, pack, steps, total: 8 }, null)

    expect(speed.perCutSeconds).toBeCloseTo(0.025)
    expect(speed.secondsPerStep).toBeCloseTo(0.2)
    expect(speed.secondsFixed).toBeCloseTo(3)
    expect(speed.error).toBeCloseTo(0)
    expect(forecastSeconds(recipe, pack, speed)).toBeCloseTo(8)
  })

  it('learns nothing from a render without guidance', () => {
    const known = measureSpeed({ recipe, pack, steps, total: 8 }, null)
    const unguided = Array(10).fill({ seconds: 0.1, cuts: 0, cutSeconds: 0 })

    expect(measureSpeed({ recipe, pack, steps: unguided, total: 1 }, known)).toBe(known)
  })
})

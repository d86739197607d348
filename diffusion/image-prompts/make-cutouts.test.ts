import { describe, expect, it } from 'vitest'
import { createNoise } from '../random/index.ts'
import { golden, goldenImage } from '../testing/golden.ts'
import { makeCutouts } from './make-cutouts.ts'

const wide = { data: goldenImage().map((value) => Math.fround(2 * value - 1)), width: 96, height: 64 }
const cut = 3 * 32 * 32

const means = (cuts: Float32Array) =>
  Array.from({ length: 16 }, (_, k) => cuts.subarray(k * cut, (k + 1) * cut).reduce((a, b) => a + b, 0) / cut)

describe('MakeCutouts', () => {
  it('gives the reference cuts of a picture without augmentations', () => {
    const noise = createNoise({ mode: 'torch', seed: 5 })
    const cuts = makeCutouts({ picture: wide, side: 32, skip_augs: true, noise, place: {} })

    means(cuts).forEach((mean, k) => {
      expect(mean).toBeCloseTo(golden.makecutouts_noaug_seed5.mean[k], 6)
    })
  })

  it('augments every cut by itself, draw for draw, whole pictures included', () => {
    const noise = createNoise({ mode: 'torch', seed: 7 })
    const cuts = makeCutouts({ picture: wide, side: 32, skip_augs: false, noise, place: {} })
    const expected = [
      -0.02998, 0.007115, -0.006128, 0.001923, -0.026608, -0.002885, -0.023125, -0.029175, 0.007854,
      -0.127916, -0.00517, -0.003531, 0.00962, -0.002852, 0.001329, -0.002399,
    ]

    means(cuts).forEach((mean, k) => {
      expect(mean).toBeCloseTo(expected[k]!, 5)
    })
    expect(noise.draws({ purpose: 'start' }).uniform()).toBeCloseTo(0.9310159087181091, 7)
  })

  it('keeps its cuts with paired noise when another picture is asked for before it', () => {
    const picture = { data: wide.data.slice(0, 3 * 24 * 16), width: 24, height: 16 }
    const job = { picture, side: 8, skip_augs: false, place: { tau: -1, model: 'ViTB32', batch: 1 } }
    const noise = createNoise({ mode: 'paired', seed: 7 })
    makeCutouts({ ...job, noise, place: { ...job.place, batch: 0 } })

    expect(makeCutouts({ ...job, noise })).toEqual(
      makeCutouts({ ...job, noise: createNoise({ mode: 'paired', seed: 7 }) }),
    )
  })
})

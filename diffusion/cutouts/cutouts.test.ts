import { describe, expect, it } from 'vitest'
import { createNoise } from '../random/noise-source.ts'
import { TorchStream } from '../random/torch-stream.ts'
import { golden, goldenImage, sampleError } from '../testing/golden.ts'
import { augment, chains } from './augment/chain.ts'
import { resizeBand } from './band.ts'
import { type CutSettings, planCuts } from './plan-cuts.ts'
import { resizeSquare } from './resize.ts'
import { takeCuts } from './take-cuts.ts'

const size = [96, 64] as const
const image = goldenImage()
const base: CutSettings = { overview: 4, inner: 4, power: 1, grayShare: 0.2, grayRule: 'disco' }

function plan(settings: Partial<CutSettings>, seed: number) {
  const stream = new TorchStream(seed)

  return planCuts({ ...base, ...settings }, size, 32, () => stream)
}

function statistics(data: Float32Array) {
  const mean = data.reduce((sum, v) => sum + v, 0) / data.length
  const variance = data.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (data.length - 1)

  return { mean, deviation: Math.sqrt(variance) }
}

describe('resize', () => {
  it('spans 10 samples from 10 to 4, with the reference weights', () => {
    const band = resizeBand(10, 4)

    expect(band.taps).toBe(10)
    expect(band.starts[0]).toBe(-4)
    const expected = [-0.00179996, -0.025, -0.0162, 0.1158, 0.3262, 0.3906, 0.225, 0.0274, -0.0294, -0.0126]
    expected.forEach((weight, i) => {
      expect(band.weights[i]).toBeCloseTo(weight, 4)
    })
  })

  it('has 14 taps from 768 to 224 and 4 from 4 to 7', () => {
    expect(resizeBand(768, 224).taps).toBe(14)
    expect(resizeBand(4, 7).taps).toBe(4)
    const middle = resizeBand(4, 7).weights.subarray(12, 16)
    ;[-0.0625, 0.5625, 0.5625, -0.0625].forEach((weight, k) => {
      expect(middle[k]).toBeCloseTo(weight, 6)
    })
  })

  it('darkens the corner of a white picture', () => {
    const out = new Float32Array(224 * 224)
    const plane = { data: new Float32Array(512 * 512).fill(1), offset: 0, width: 512, height: 512 }
    resizeSquare(plane, { size: 512, x: 0, y: 0 }, 224, out, 0)

    expect(out[0]).toBeCloseTo(0.864, 3)
  })
})

describe('MakeCutoutsDango', () => {
  it('gives the reference cuts without augmentations', () => {
    const cuts = plan({}, 42)
    const { data } = takeCuts(image, size, cuts, 32)

    expect(cuts.slice(4).map(({ square }) => [square.size, square.x, square.y])).toEqual(
      golden.dango_noaug.inner_size_x_y,
    )
    expect(sampleError(data, golden.dango_noaug.sample)).toBeLessThan(2e-6)

    golden.dango_noaug.mean_per_cut.forEach((mean: number, k: number) => {
      const cut = statistics(data.slice(k * 3072, (k + 1) * 3072))
      expect(cut.mean).toBeCloseTo(mean, 5)
      expect(cut.deviation).toBeCloseTo(golden.dango_noaug.std_per_cut[k], 5)
    })
  })

  it('repeats one colour overview cut when there are more than four', () => {
    const { data } = takeCuts(image, size, plan({ overview: 12, inner: 0 }, 42), 32)

    for (let k = 1; k < 12; k++) expect(data.slice(k * 3072, (k + 1) * 3072)).toEqual(data.slice(0, 3072))
  })

  it('makes floor(p·n) + 1 inner cuts grey', () => {
    const grays = (settings: Partial<CutSettings>) =>
      plan({ overview: 0, ...settings }, 1).map((cut) => cut.gray)

    expect(grays({ inner: 3, grayShare: 0 })).toEqual(golden.grey_p0)
    expect(grays({ inner: 12, grayShare: 0.2 }).filter(Boolean)).toHaveLength(golden.grey_p02_n12)
    expect(grays({ inner: 3, grayShare: 1 })).toEqual([true, true, true])
  })

  it('counts grey cuts exactly where asked to', () => {
    const count = (grayShare: number) =>
      plan({ overview: 0, inner: 10, grayShare, grayRule: 'exact' }, 1).filter((cut) => cut.gray).length

    expect([0, 0.2, 1].map(count)).toEqual([0, 2, 10])
  })

  it('gives the reference cuts with augmentations', () => {
    const noise = createNoise({ mode: 'torch', seed: 7 })
    const cuts = planCuts({ ...base, overview: 2, inner: 2, power: 0.5 }, size, 32, (row) =>
      noise.draws({ purpose: 'crop', row }),
    )
    const { data } = takeCuts(image, size, cuts, 32)
    const rows = cuts.map((cut) => cut.row)
    augment({ data, count: 4, width: 32, height: 32 }, chains.None, noise, {}, rows)

    expect(sampleError(data, golden.dango_aug_seed7.sample)).toBeLessThan(5e-6)
    golden.dango_aug_seed7.mean_per_cut.forEach((mean: number, k: number) => {
      expect(statistics(data.slice(k * 3072, (k + 1) * 3072)).mean).toBeCloseTo(mean, 5)
    })
    expect(data.reduce((a, b) => Math.min(a, b))).toBeCloseTo(golden.dango_aug_seed7.min, 6)
    expect(data.reduce((a, b) => Math.max(a, b))).toBeCloseTo(golden.dango_aug_seed7.max, 6)
  })

  it('keeps the first inner cuts in place when more are asked for, with paired noise', () => {
    const noise = createNoise({ mode: 'paired', seed: 3 })
    const planned = (inner: number, overview: number) =>
      planCuts({ ...base, overview, inner }, size, 32, (row) =>
        noise.draws({ purpose: 'crop', tau: 500, row }),
      )

    expect(
      planned(9, 7)
        .slice(7, 11)
        .map((cut) => cut.square),
    ).toEqual(
      planned(4, 2)
        .slice(2)
        .map((cut) => cut.square),
    )
  })
})

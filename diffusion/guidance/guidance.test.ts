import { describe, expect, it } from 'vitest'
import { spacing } from '#study'
import type { Clip, Lpips, Networks } from '../networks/index.ts'
import { createNoise, type NoiseSource } from '../random/index.ts'
import { diffusionTables } from '../sampler/index.ts'
import { golden, goldenImage, sampleError } from '../testing/golden.ts'
import { largestError } from '../testing/numeric.ts'
import { createGuide, type GuidanceRecipe } from './create-guide.ts'
import { rootMeanSquare } from './limit-gradient.ts'

const size = [96, 64] as const
const tables = diffusionTables(spacing(250))
const x = goldenImage().map((v) => Math.fround(1.2 * (2 * v - 1)))
const i = golden.toy_cond.cur_t

const recipe: GuidanceRecipe = {
  animation_mode: 'None',
  behaviour: 'disco-5.6',
  clip_guidance_scale: 5000,
  tv_scale: 10,
  range_scale: 150,
  sat_scale: 100,
  cutn_batches: 2,
  skip_augs: true,
  clamp_grad: true,
  clamp_max: 0.05,
  use_secondary_model: false,
  use_checkpoint: true,
  cut_overview: '[2]*1000',
  cut_innercut: '[3]*1000',
  cut_ic_pow: '[1]*1000',
  cut_icgray_p: '[0.2]*1000',
}

/** The recorded networks: eps = 0.2·tanh(x) + 0.0003·tau, and a CLIP of an 8x8 average pool and one matrix. */
const networks: Networks = {
  denoiser: {
    epsilon: async (input, _size, [tau]) => input.map((v) => 0.2 * Math.tanh(v) + 0.0003 * tau!),
    vjp: async (input, _size, _taus, _abars, g) => ({
      epsilon: input,
      gradient: g.map((v, k) => v * 0.2 * (1 - Math.tanh(input[k]!) ** 2)),
    }),
  },
  secondary: null,
  clip: [],
  lpips: null,
  release: async () => {},
}

const side = 32
const pooled = 48
const embed = 8
const matrix = Float32Array.from({ length: pooled * embed }, (_, k) => Math.sin(0.37 * k))
const mean = [0.48145466, 0.4578275, 0.40821073]
const deviation = [0.26862954, 0.26130258, 0.27577711]

/** Where pixel p of a cut [3, 32, 32] goes in the pooled vector [3, 4, 4]. */
const cellOf = (p: number) =>
  Math.floor(p / 1024) * 16 + Math.floor((Math.floor(p / 32) % 32) / 8) * 4 + Math.floor((p % 32) / 8)

const clip: Clip = {
  name: 'toy',
  resolution: side,
  embed,
  contextLength: 77,
  encodeText: async () => new Float32Array(embed),
  encodeImage: async () => new Float32Array(embed),

  async lossAndGradient(cuts, K, targets, weights) {
    const gradient = new Float32Array(cuts.length)
    const distances = new Float32Array(K * weights.length)
    let loss = 0

    for (let k = 0; k < K; k++) {
      const cut = cuts.subarray(k * 3072, (k + 1) * 3072)
      const cells = new Float64Array(pooled)
      cut.forEach((v, p) => {
        const c = Math.floor(p / 1024)
        cells[cellOf(p)]! += (v - mean[c]!) / deviation[c]! / 64
      })
      const e = Array.from({ length: embed }, (_, d) =>
        cells.reduce((sum, v, q) => sum + v * matrix[q * embed + d]!, 0),
      )
      const norm = Math.hypot(...e)
      const slope = new Float64Array(embed)

      weights.forEach((weight, p) => {
        const target = targets.subarray(p * embed, (p + 1) * embed)
        const length = Math.hypot(...target)
        const cos = e.reduce((sum, v, d) => sum + (v * target[d]!) / norm / length, 0)
        const angle = Math.acos(cos)
        distances[k * weights.length + p] = angle ** 2 / 2
        loss += (weight * angle ** 2) / 2 / K
        e.forEach((v, d) => {
          const toward = target[d]! / length - (cos * v) / norm
          slope[d]! -= ((weight * angle) / Math.sin(angle) / K) * (toward / norm)
        })
      })

      cut.forEach((_, p) => {
        const c = Math.floor(p / 1024)
        const byCell = slope.reduce((sum, s, d) => sum + s * matrix[cellOf(p) * embed + d]!, 0)
        gradient[k * 3072 + p] = byCell / 64 / deviation[c]!
      })
    }

    return { loss, gradient, distances, similarity: 0 }
  },
}

const clips = [
  {
    clip,
    targets: Float32Array.from([
      ...Array.from({ length: 8 }, (_, d) => Math.cos(d)),
      ...Array.from({ length: 8 }, (_, d) => Math.sin(0.5 * d)),
    ]),
    weights: Float32Array.of(2 / 1.5, -0.5 / 1.5),
  },
]

async function guide(change: Partial<GuidanceRecipe> = {}, noise?: NoiseSource) {
  const source = noise ?? createNoise({ mode: 'torch', seed: 11 })
  const run = createGuide({
    recipe: { ...recipe, ...change },
    networks,
    clips,
    tables,
    size,
    noise: source,
    init: null,
  })

  return run(x, await networks.denoiser.epsilon(x, size, [tables.taus[i]!], [0]), i)
}

describe('cond_fn without the secondary model', () => {
  it('gives the losses, the gradient and the result of the reference', async () => {
    const { toy_cond } = golden
    const { clipLosses, input, inputGradient, gradient } = await guide()

    toy_cond.losses.forEach((loss: number, k: number) => {
      expect(clipLosses[k]).toBeCloseTo(loss, 5)
    })
    expect(sampleError(input!, toy_cond.x_in)).toBeLessThan(2e-6)
    expect(sampleError(inputGradient!, toy_cond.x_in_grad)).toBeLessThan(5e-5)
    expect(sampleError(gradient, toy_cond.result)).toBeLessThan(2e-6)
    expect(rootMeanSquare(gradient)).toBeCloseTo(toy_cond.result_rms, 7)
    expect(rootMeanSquare((await guide({ clamp_grad: false })).gradient)).toBeCloseTo(toy_cond.grad_rms, 5)
  })

  it('ignores range_scale in Disco Diffusion and heeds it in corrected', async () => {
    const change = { range_scale: 50_000, cut_icgray_p: '[0.34]*1000' }
    const disco = [await guide({ ...change, range_scale: 0 }), await guide(change)]
    const behaviour = 'corrected' as const
    const corrected = [
      await guide({ ...change, behaviour, range_scale: 0 }),
      await guide({ ...change, behaviour }),
    ]

    expect(disco[0]!.gradient).toEqual(disco[1]!.gradient)
    expect(corrected[0]!.gradient).not.toEqual(corrected[1]!.gradient)
  })

  it('goes unguided, without a clamp, where a gradient is not a number', async () => {
    const broken = { ...clips[0]!, targets: new Float32Array(16).fill(Number.NaN) }
    const run = createGuide({
      recipe,
      networks,
      clips: [broken],
      tables,
      size,
      noise: createNoise({ mode: 'paired', seed: 1 }),
      init: null,
    })

    expect((await run(x, x, i)).gradient.every((v) => v === 0)).toBe(true)
  })

  it('takes no cuts in vain with paired noise, but draws them from a torch stream', async () => {
    const off = { clip_guidance_scale: 0, tv_scale: 0, sat_scale: 0 }
    const torch = createNoise({ mode: 'torch', seed: 11 })
    const before = torch.peek()!
    const drawn = await guide(off, torch)
    const saved = await guide(off, createNoise({ mode: 'paired', seed: 11 }))

    expect(drawn.clipLosses).toHaveLength(2)
    expect(torch.peek()).not.toEqual(before)
    expect(saved.clipLosses).toHaveLength(0)
    expect(drawn.gradient.every((v) => v === 0) && saved.gradient.every((v) => v === 0)).toBe(true)
  })

  it('stops on a step without cuts as Disco Diffusion does, and leaves it unguided in corrected', async () => {
    const none = { cut_overview: '[0]*1000', cut_innercut: '[0]*1000' }

    await expect(guide(none)).rejects.toThrow(/cut_overview and cut_innercut are both 0/)
    expect((await guide({ ...none, behaviour: 'corrected' })).gradient.every((v) => v === 0)).toBe(true)
  })

  it('keeps the cuts, hence the losses, when a scale changes', async () => {
    const paired = () => createNoise({ mode: 'paired', seed: 8 })
    const weak = await guide({ clip_guidance_scale: 50, skip_augs: false }, paired())
    const strong = await guide({ clip_guidance_scale: 50_000, skip_augs: false, sat_scale: 7 }, paired())

    expect(weak.clipLosses).toEqual(strong.clipLosses)
  })
})

describe('the start picture', () => {
  /** A distance with a plain gradient: mean of (x - reference)². */
  const lpips: Lpips = {
    distance: async (picture, reference) => ({
      value: picture.reduce((sum, v, k) => sum + (v - reference[k]!) ** 2, 0) / picture.length,
      gradient: picture.map((v, k) => (2 * (v - reference[k]!)) / picture.length),
    }),
  }
  const off = { clip_guidance_scale: 0, tv_scale: 0, sat_scale: 0, clamp_grad: false }
  const held = async (scale: number, of: Networks, reference = x.map((v) => 0.5 * v)) => {
    const run = createGuide({
      recipe: { ...recipe, ...off },
      networks: of,
      clips,
      tables,
      size,
      noise: createNoise({ mode: 'paired', seed: 1 }),
      init: { picture: reference, scale },
    })

    return run(x, await networks.denoiser.epsilon(x, size, [tables.taus[i]!], [0]), i)
  }

  it('is held on to by init_scale alone, in proportion', async () => {
    const [none, weak, strong] = await Promise.all(
      [0, 10, 30].map((scale) => held(scale, { ...networks, lpips })),
    )
    const { input, inputGradient } = weak!
    const expected = input!.map((v, k) => (10 * 2 * (v - 0.5 * x[k]!)) / x.length)

    expect(none!.gradient.every((v) => v === 0)).toBe(true)
    expect(largestError(inputGradient!, expected)).toBeLessThan(1e-9)
    expect(
      largestError(
        strong!.gradient,
        weak!.gradient.map((v) => 3 * v),
      ),
    ).toBeLessThan(1e-6)
  })

  it('leaves the step unguided where its distance is not a number', async () => {
    const broken = { distance: async () => ({ value: 0, gradient: x.map(() => Number.NaN) }) }

    expect((await held(10, { ...networks, lpips: broken })).gradient.every((v) => v === 0)).toBe(true)
  })

  it('needs a pack with LPIPS', async () => {
    await expect(held(10, networks)).rejects.toThrow(/^init_scale holds on to a start image by LPIPS/)
  })
})

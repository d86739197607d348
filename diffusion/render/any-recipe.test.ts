import { createHash } from 'node:crypto'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRecipe, type RecipePatch } from '#study'
import { packInfo } from '../pack/index.ts'
import { openTinyEngine, smallRecipe, type TinyEngine } from '../testing/tiny-engine.ts'
import { readMerges } from '../tokenizer/index.ts'

let tiny: TinyEngine

beforeAll(async () => {
  tiny = await openTinyEngine()
})
afterAll(() => tiny.release())

const scale = (most: number) => fc.oneof(fc.constant(0), fc.double({ min: 0, max: most, noNaN: true }))

/** Cuts over the run, with stretches that have none. */
const cuts = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 900 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((runs) => [...runs, [1, 1000] as const].map(([value, count]) => `[${value}]*${count}`).join('+'))

const recipes = fc.record<RecipePatch>({
  behaviour: fc.constantFrom('disco-5.2', 'disco-5.6', 'corrected'),
  noise: fc.constantFrom('paired', 'torch'),
  diffusion_sampling_mode: fc.constantFrom('ddim', 'plms'),
  width_height: fc.constantFrom([64, 64], [64, 128]),
  steps: fc.integer({ min: 2, max: 4 }),
  skip_steps: fc.integer({ min: 0, max: 3 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  n_batches: fc.integer({ min: 1, max: 2 }),
  text_prompts: fc.constantFrom(
    { '0': ['a red boat'] },
    { '0': ['sea:3', 'fog:-1.5'] },
    { '0': ['Alice: a story'] },
    { '0': ['lighthouse '.repeat(80)] },
    { '0': [''] },
  ),
  fuzzy_prompt: fc.boolean(),
  rand_mag: scale(2),
  clip_guidance_scale: scale(1e6),
  tv_scale: scale(1000),
  range_scale: scale(1000),
  sat_scale: scale(20_000),
  clamp_grad: fc.boolean(),
  clamp_max: scale(0.5),
  clip_denoised: fc.boolean(),
  eta: scale(3),
  use_secondary_model: fc.boolean(),
  ViTB32: fc.boolean(),
  RN50: fc.boolean(),
  cutn_batches: fc.integer({ min: 1, max: 2 }),
  cut_overview: cuts,
  cut_innercut: cuts,
  cut_ic_pow: fc.constantFrom('[1]*1000', '[0.01]*1000', '[100]*1000', '[1]*500+[9]*500'),
  cut_icgray_p: fc.constantFrom('[0]*1000', '[0.5]*400+[1]*600'),
  skip_augs: fc.boolean(),
  use_vertical_symmetry: fc.boolean(),
  use_horizontal_symmetry: fc.boolean(),
  transformation_percent: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 1,
    maxLength: 3,
  }),
})

/** Hash of all pictures; what is not a number in any of them fails. */
async function picturesOf(patch: RecipePatch): Promise<string> {
  const hash = createHash('sha256')
  const trace = {
    write(name: string, _shape: readonly number[], data: Float32Array | Int32Array) {
      if (!data.every(Number.isFinite)) throw new Error(`${name} is not finite`)
    },
  }
  const { images, metrics } = await tiny.render(patch, { trace })
  expect(images).toHaveLength(patch.n_batches!)
  expect(metrics.promptSimilarities.every(Number.isFinite)).toBe(true)

  for (const { png } of images) {
    const { width, height } = await sharp(png).metadata()
    expect([width, height]).toEqual(patch.width_height)
    hash.update(png)
  }

  return hash.digest('hex')
}

describe('any recipe that passes its checks', () => {
  it('makes finite pictures, the same bytes each time', async () => {
    const info = packInfo(tiny.pack)
    const merges = readMerges()

    await fc.assert(
      fc.asyncProperty(recipes, async (patch) => {
        fc.pre(checkRecipe({ ...smallRecipe, ...patch }, info, merges).recipe !== null)
        expect(await picturesOf(patch)).toBe(await picturesOf(patch))
      }),
      { numRuns: 6 },
    )
  })

  it('is refused before the first step where it does not', async () => {
    const info = packInfo(tiny.pack)

    await fc.assert(
      fc.asyncProperty(recipes, async (patch) => {
        const { problems } = checkRecipe({ ...smallRecipe, ...patch }, info, readMerges())
        fc.pre(problems.length > 0)
        const seen: number[] = []
        const render = tiny.render(patch, {}, ({ step }) => seen.push(step))

        await expect(render).rejects.toMatchObject({ code: 'invalid_input', message: problems[0]!.message })
        expect(seen).toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

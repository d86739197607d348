import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { parameters } from '../parameters/parameter.ts'
import { parseMerges } from '../prompts/tokenize.ts'
import { changedFromDefaults } from './changed-from-defaults.ts'
import { checkRecipe } from './check-recipe.ts'
import { completeRecipe } from './complete-recipe.ts'
import { renderKey } from './render-key.ts'

const merges = parseMerges(
  gunzipSync(readFileSync(new URL('../prompts/bpe_simple_vocab_16e6.txt.gz', import.meta.url))).toString(
    'utf8',
  ),
)
const problems = (patch: unknown): string[] =>
  checkRecipe(patch, smallPack, merges).problems.map((problem) => problem.message)
const key = (patch: RecipePatch): string => renderKey(completeRecipe(patch, smallPack), smallPack, '1')

/** A pack that can hold frames together. */
const withLpips = { ...smallPack, lpips: true }
const moving: RecipePatch = { animation_mode: '2D', max_frames: 10, frames_scale: 0 }

describe('catalogue', () => {
  it('has defaults that pass their own checks', () => {
    for (const parameter of parameters) {
      const found = checkRecipe({ [parameter.name]: parameter.default }, smallPack).problems
      const own = found.filter(
        (problem) => problem.parameter === parameter.name && !problem.message.includes('pack'),
      )
      expect(own).toEqual([])
    }
  })

  it('says something useful about every parameter', () => {
    for (const { name, help } of parameters) {
      expect(help.length, name).toBeGreaterThan(20)
      expect(help, name).toMatch(/\.$/)
    }
  })
})

describe('checkRecipe', () => {
  it('completes from the pack and switches on what the pack has', () => {
    const { recipe } = checkRecipe({ eta: 0.25 }, smallPack, merges)
    expect(recipe).toMatchObject({
      eta: 0.25,
      steps: 25,
      ViTB32: true,
      ViTB16: false,
      RN50: false,
      behaviour: 'disco-5.6',
    })
  })

  it.each([
    [{ etaa: 1 }, 'There is no parameter "etaa"; did you mean eta?'],
    [{ set_seed: 1 }, 'There is no parameter "set_seed"; did you mean seed?'],
    [{ eta: -1 }, 'eta must be a number from 0 to 10, but is -1.'],
    [{ eta: 'high' }, 'eta must be a number from 0 to 10, but is "high".'],
    [{ eta: Number.NaN }, 'eta must be a number from 0 to 10, but is NaN.'],
    [{ steps: 1 }, 'steps must be a whole number from 2 to 10000, but is 1.'],
    [{ clamp_max: -1 }, 'clamp_max must be a number from 0 up, but is -1.'],
    [{ skip_steps: 25 }, 'skip_steps must be smaller than steps, but skip_steps is 25 and steps is 25.'],
    [
      { width_height: [63, 64] },
      'width_height must be two sides in pixels, each from 64 to 4096, like 128x64, but is [63,64].',
    ],
    [
      { cut_overview: '[4]*999' },
      'cut_overview "[4]*999": it covers 999 of the 1000 units of a run; write it like [12]*400+[4]*600.',
    ],
    [
      { cut_innercut: '[-1]*1000' },
      'cut_innercut "[-1]*1000": every value must be from 0 to 1024, but one is -1.',
    ],
    [
      { cut_overview: 0, cut_innercut: '[1]*500+[0]*500' },
      'cut_overview and cut_innercut are both 0 at unit 519 of the run; Disco Diffusion needs at least one cut at every step (behaviour corrected leaves such steps unguided).',
    ],
    [
      { text_prompts: ['a:1', 'b:-1'] },
      'text_prompts: the weights add up to 0; their sum must not be nearer to 0 than 0.001.',
    ],
    [{ text_prompts: [] }, 'text_prompts needs at least one prompt, but has none.'],
    [
      { text_prompts: ['Alice: a story'] },
      'text_prompts: The prompt "Alice: a story" ends in ": a story", which is not a weight: write a number after the last colon, or leave the colon out.',
    ],
    [{ ViTL14: true }, 'ViTL14 cannot be switched on: the pack "starter" has ViTB32.'],
    [{ ViTB32: false }, 'No CLIP model is switched on; switch on at least one of ViTB32.'],
    [
      { perlin_init: true, init_scale: 1000 },
      'init_scale must be 0: the pack "starter" has no LPIPS network to hold on to a start image, but is 1000.',
    ],
    [
      { init_image: 'a.png', init_scale: 9 },
      'init_scale must be 0: the pack "starter" has no LPIPS network to hold on to a start image, but is 9.',
    ],
    [
      { text_prompts: [], image_prompts: ['a.png:x'] },
      'image_prompts: The prompt "a.png:x" ends in ":x", which is not a weight: write a number after the last colon, or leave the colon out.',
    ],
    [{ image_prompts: ['a.png', ' :2'] }, 'image_prompts: a line names no picture.'],
    [
      { text_prompts: ['sea:2'], image_prompts: ['a.png:-2'] },
      'text_prompts: the weights of texts and pictures add up to 0; their sum must not be nearer to 0 than 0.001.',
    ],
    [
      { image_prompts: ['a.png'], fuzzy_prompt: true },
      'image_prompts cannot be used with fuzzy_prompt: Disco Diffusion stops there, since it makes noisy copies of a picture but no weights for them (behaviour corrected makes both).',
    ],
    [
      { key_frames: false },
      'key_frames must be true, but is false: without it Disco Diffusion stops before its first step (behaviour corrected does not mind).',
    ],
    [{ animation_mode: '3D' }, 'animation_mode 3D does not work yet in this version; use None or 2D.'],
    [
      { frames_skip_steps: 'half' },
      'frames_skip_steps must be a whole percentage from 0 to 99, like 60%, but is "half".',
    ],
    [
      { frames_skip_steps: 100 },
      'frames_skip_steps must be a whole percentage from 0 to 99, like 60%, but is 100.',
    ],
    [
      { zoom: '0: (1), 5: (1 + t)' },
      'zoom "0: (1), 5: (1 + t)": "1 + t" at frame 5 is not a number; write it like 0: (0), 10: (1.5).',
    ],
    [
      { animation_mode: '2D', frames_scale: 1500 },
      'frames_scale must be 0: the pack "starter" has no LPIPS network to hold frames together, but is 1500.',
    ],
    [
      { ...moving, text_prompts: { '0': ['sea'], '3': ['a:1', 'b:-1'], '20': [] } },
      'text_prompts from frame 3: the weights add up to 0; their sum must not be nearer to 0 than 0.001.',
    ],
    [
      { ...moving, seed: 4_294_967_290 },
      'seed 4294967290 grows by 1 in each of 10 frames, up to 4294967299, but Disco Diffusion takes no seed above 4294967295 (behaviour corrected goes on at 0).',
    ],
    [
      {
        ...moving,
        cut_overview: '[0]*500+[4]*500',
        cut_innercut: 0,
        skip_steps: 13,
        frames_skip_steps: '10%',
      },
      'cut_overview and cut_innercut are both 0 at unit 119 of the run; Disco Diffusion needs at least one cut at every step (behaviour corrected leaves such steps unguided).',
    ],
    ['eta', 'A recipe must be a list of names and values, but is "eta".'],
  ])('refuses %j in one sentence', (patch, sentence) => {
    expect(problems(patch)).toEqual([sentence])
  })

  it('measures prompts against the context of the CLIPs in use', () => {
    const long = 'lighthouse '.repeat(40).trim()
    expect(problems({ text_prompts: [long] })[0]).toMatch(
      /takes \d+ tokens, but ViTB32 of the pack "starter" reads at most 62/,
    )
  })

  it('rounds sizes down with a notice, not a problem', () => {
    const checked = checkRecipe({ width_height: [100, 130] }, smallPack)
    expect(checked.recipe?.width_height).toEqual([64, 128])
    expect(checked.notices[0]).toMatch(/rounded down to 64 × 128/)
  })

  it('takes an animation, with the numbers and shares people type in their full form', () => {
    const patch = { animation_mode: '2D', zoom: 1.05, angle: '2', frames_skip_steps: 60, max_frames: 4_000 }
    const checked = checkRecipe(patch, withLpips, merges)

    expect(checked.problems).toEqual([])
    expect(checked.recipe).toMatchObject({
      zoom: '0: (1.05)',
      angle: '0: (2)',
      frames_skip_steps: '60%',
    })
  })

  it('lets values stand that nothing would read', () => {
    expect(problems({ zoom: '0: (1.2)', turbo_mode: true, image_prompts: {} })).toEqual([])
  })

  it('is not confused by names of Object', () => {
    expect(problems(JSON.parse('{"__proto__": 1, "constructor": 2}'))).toHaveLength(2)
  })
})

describe('renderKey', () => {
  it('is stable', () => {
    // Changing this value on purpose means raising engineVersion or accepting that every picture is made again.
    expect(key({})).toMatchInlineSnapshot(
      `"0a685590fa66ba948c10bc31c0e6c0b5e1eb33930fcc2f21766c084fa20de33f"`,
    )
  })

  it('goes by the pictures that a run keeps, however they were asked for', () => {
    const kept = key({ steps: 10, skip_steps: 0, intermediate_saves: [2, 5] })
    expect(kept).not.toBe(key({ steps: 10, skip_steps: 0 }))
    expect(kept).toBe(key({ steps: 10, skip_steps: 0, intermediate_saves: [5, 2, 99] }))
    expect(key({ steps: 10, skip_steps: 0, intermediate_saves: [99] })).toBe(
      key({ steps: 10, skip_steps: 0 }),
    )
  })

  it.each<[string, RecipePatch]>([
    ['range_scale outside corrected', { range_scale: 9 }],
    ['rand_mag without fuzzy_prompt', { rand_mag: 0.9 }],
    ['turbo_steps of a still', { turbo_steps: 5 }],
    ['transformation_percent without symmetry', { transformation_percent: [0.5] }],
    ['init_scale without a start image', { init_scale: 5 }],
    [
      'what only saves or shows',
      { display_rate: 5, batch_name: 'x', use_checkpoint: false, randomize_class: false },
    ],
    ['the same schedule written otherwise', { cut_overview: '[4]*500+[4,4]*250', cut_ic_pow: '[1, 1]*500' }],
    ['perlin_mode and start image without their turn', { perlin_mode: 'gray' }],
    ['a size that is rounded to the same', { width_height: [100, 90] }],
    ['case and spaces of a prompt', { text_prompts: { '0': ['A  lighthouse by the sea at Sunset'] } }],
    [
      'prompts of later frames',
      { text_prompts: { '0': ['a lighthouse by the sea at sunset'], '100': ['x'] } },
    ],
  ])('stays the same for %s', (_, patch) => {
    expect(key(patch)).toBe(key({}))
  })

  it.each<RecipePatch>([
    { eta: 0.81 },
    { seed: 1001 },
    { noise: 'torch' },
    { behaviour: 'corrected' },
    { use_secondary_model: false },
    { cut_overview: '[4]*999+[5]*1' },
    { text_prompts: { '0': ['a lighthouse by the sea at sunset:1'] } },
    { use_vertical_symmetry: true },
    { clip_denoised: true },
    { init_image: `sha256:${'a'.repeat(64)}` },
    { image_prompts: { '0': [`sha256:${'a'.repeat(64)}`] } },
    { perlin_init: true },
  ])('changes with %j', (patch) => {
    expect(key(patch)).not.toBe(key({}))
  })

  it('counts range_scale and clean prompts in corrected', () => {
    expect(key({ behaviour: 'corrected', range_scale: 9 })).not.toBe(key({ behaviour: 'corrected' }))
    expect(key({ behaviour: 'corrected', text_prompts: { '0': ['sea:1'] } })).toBe(
      key({ behaviour: 'corrected', text_prompts: { '0': ['sea'] } }),
    )
  })
})

describe('renderKey of an animation', () => {
  const animated = (patch: RecipePatch) => key({ ...moving, zoom: '0: (1), 9: (2)', ...patch })

  it.each<RecipePatch>([
    { zoom: ' from 0:(1.0) to 9:( 2 )' },
    { n_batches: 3 },
    { translation_z: '0: (4)' },
    { text_prompts: { '0': ['a lighthouse by the sea at sunset'], '10': ['too late'] } },
  ])('stays the same for %j', (patch) => {
    expect(animated(patch)).toBe(animated({}))
  })

  it.each<RecipePatch>([
    { animation_mode: 'None' },
    { max_frames: 11 },
    { zoom: '0: (1), 8: (2)' },
    { translation_x: '0: (4)' },
    { frames_scale: 1 },
    { frames_skip_steps: '61%' },
    { interp_spline: 'Cubic' },
    { text_prompts: { '0': ['a lighthouse by the sea at sunset'], '9': ['in time'] } },
    { text_prompts: { '0': ['a lighthouse by the sea at sunset'], '8': ['in time'] } },
  ])('changes with %j', (patch) => {
    expect(animated(patch)).not.toBe(animated({}))
  })
})

describe('changedFromDefaults', () => {
  it('names the prompts and what differs, in words', () => {
    const recipe = completeRecipe(
      { eta: 0.5, cut_ic_pow: '[5]*1000', skip_augs: true, range_scale: 1 },
      smallPack,
    )
    expect(changedFromDefaults(recipe, smallPack)).toEqual([
      { name: 'text_prompts', value: 'a lighthouse by the sea at sunset' },
      { name: 'cut_ic_pow', value: '5' },
      { name: 'skip_augs', value: 'on' },
      { name: 'eta', value: '0.5' },
    ])
  })
})

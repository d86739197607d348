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
    [{ clamp_max: 0 }, 'clamp_max must be a number above 0, but is 0.'],
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
    [{ text_prompts: [] }, 'text_prompts needs at least one prompt for frame 0, but has none.'],
    [
      { text_prompts: ['Alice: a story'] },
      'text_prompts: The prompt "Alice: a story" ends in ": a story", which is not a weight: write a number after the last colon, or leave the colon out.',
    ],
    [{ ViTL14: true }, 'ViTL14 cannot be switched on: the pack "starter" has ViTB32.'],
    [{ ViTB32: false }, 'No CLIP model is switched on; switch on at least one of ViTB32.'],
    [
      { diffusion_sampling_mode: 'plms' },
      'diffusion_sampling_mode plms does not work yet in this version; use ddim.',
    ],
    [
      { perlin_init: true },
      'perlin_init does not work yet in this version, so it must stay false, but is true.',
    ],
    [
      { init_image: 'a.png' },
      'init_image does not work yet in this version, so it must stay null, but is "a.png".',
    ],
    [
      { animation_mode: '2D' },
      'animation_mode does not work yet in this version, so it must stay "None", but is "2D".',
    ],
    [{ n_batches: 4 }, 'n_batches does not work yet in this version, so it must stay 1, but is 4.'],
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

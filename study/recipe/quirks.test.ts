import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { parseMerges } from '../prompts/tokenize.ts'
import { checkRecipe } from './check-recipe.ts'

const merges = parseMerges(
  gunzipSync(readFileSync(new URL('../prompts/bpe_simple_vocab_16e6.txt.gz', import.meta.url))).toString(
    'utf8',
  ),
)
const pack = { ...smallPack, lpips: true }
const check = (patch: RecipePatch) => checkRecipe(patch, pack, merges)
const problems = (patch: RecipePatch) => check(patch).problems.map(({ message }) => message)

const long = 'lighthouse '.repeat(80).trim()

describe.each(['disco-5.2', 'disco-5.6'] as const)(
  'what stops Disco Diffusion is refused by %s',
  (behaviour) => {
    it.each<[string, RecipePatch, RegExp]>([
      [
        'no cut at some step',
        { cut_overview: '[0]*1000', cut_innercut: '[1]*900+[0]*100' },
        /both 0 at unit 9\d\d/,
      ],
      [
        'no cut at the last step',
        { cut_overview: '[1]*999+[0]', cut_innercut: '[0]*1000' },
        /both 0 at unit 999/,
      ],
      [
        'an eta whose root is of a negative number',
        { eta: 1.2 },
        /^eta 1.2 is too large: above about 1\.0\d/,
      ],
      ['a prompt longer than CLIP reads', { text_prompts: { '0': [long] } }, /takes \d+ tokens, but ViTB32/],
      [
        'a colon before words',
        { text_prompts: { '0': ['Alice: a story'] } },
        /": a story", which is not a weight/,
      ],
      [
        'noisy copies of picture prompts',
        { image_prompts: { '0': ['a.png'] }, fuzzy_prompt: true },
        /image_prompts cannot be used with fuzzy_prompt/,
      ],
      [
        'a seed that outgrows 32 bits',
        { animation_mode: '2D', max_frames: 3, seed: 2 ** 32 - 2 },
        /seed \d+ grows by 1 in each of 3 frames/,
      ],
    ])('%s', (_, patch, sentence) => {
      const [message, ...others] = problems({ ...patch, behaviour })
      expect(message).toMatch(sentence)
      expect(message).toMatch(/corrected|reads at most|not a weight/)
      expect(others).toEqual([])
    })

    it.each<[string, RecipePatch]>([
      [
        'the steps left out would have had no cut',
        { cut_overview: '[0]*300+[1]*700', cut_innercut: '[0]*1000', skip_steps: 10 },
      ],
      ['eta is at its limit', { eta: 1 }],
      ['PLMS, which has no eta', { eta: 5, diffusion_sampling_mode: 'plms' }],
      ['a single step, which has no noise', { eta: 5, skip_steps: 24 }],
      ['gradients are clamped away', { clamp_max: 0 }],
    ])('but not where %s', (_, patch) => {
      expect(problems({ ...patch, behaviour })).toEqual([])
    })
  },
)

describe('corrected', () => {
  it.each<[string, RecipePatch]>([
    ['leaves steps without cuts unguided', { cut_overview: '[0]*1000', cut_innercut: '[1]*500+[0]*500' }],
    ['limits eta', { eta: 10 }],
    ['takes a tail that is no number for words', { text_prompts: { '0': ['Alice: a story', 'fog:-0.5'] } }],
    ['makes noisy copies of picture prompts', { image_prompts: { '0': ['a.png'] }, fuzzy_prompt: true }],
    ['counts seeds on from 0', { animation_mode: '2D', max_frames: 3, seed: 2 ** 32 - 2 }],
    ['reads cut_ic_pow as a schedule', { cut_ic_pow: '[1]*500+[5]*500' }],
  ])('%s', (_, patch) => {
    expect(check({ ...patch, behaviour: 'corrected' })).toMatchObject({ problems: [], notices: [] })
  })

  it('leaves out what CLIP cannot read of a prompt, and says so', () => {
    const { recipe, problems, notices } = check({ text_prompts: { '0': [long] }, behaviour: 'corrected' })
    expect(problems).toEqual([])
    expect(recipe).not.toBeNull()
    expect(notices).toEqual([
      expect.stringMatching(/^text_prompts: .* takes \d+ tokens.*; the rest is left out\.$/),
    ])
  })
})

describe('in every behaviour', () => {
  it.each<[string, RecipePatch, RegExp]>([
    ['one step', { steps: 1 }, /^steps must be a whole number from 2/],
    ['as many skip_steps as steps', { skip_steps: 25 }, /^skip_steps must be smaller than steps/],
    ['weights that cancel out', { text_prompts: { '0': ['a:1', 'b:-1'] } }, /weights add up to 0/],
    ['no prompt', { text_prompts: { '0': [] } }, /needs at least one prompt/],
    ['a schedule that ends early', { cut_innercut: '[4]*999' }, /covers 999 of the 1000 units/],
    ['a cut_ic_pow of 0', { cut_ic_pow: '[0]*1000' }, /every value must be above 0/],
    ['a run that is no file name', { batch_name: '../../elsewhere' }, /^batch_name/],
    ['all steps of a frame left out', { frames_skip_steps: '100%' }, /^frames_skip_steps/],
    ['key frames without a value', { animation_mode: '2D', zoom: '' }, /^zoom/],
  ])('%s is refused', (_, patch, sentence) => {
    for (const behaviour of ['disco-5.2', 'disco-5.6', 'corrected'] as const)
      expect(problems({ ...patch, behaviour }).join(' ')).toMatch(sentence)
  })
})

it('Disco Diffusion 5.2 takes one number for cut_ic_pow, and has no symmetry to switch on', () => {
  const changing = '[1]*500+[5]*500'
  expect(problems({ cut_ic_pow: changing, behaviour: 'disco-5.2' })[0]).toMatch(/one number until 5.4/)
  expect(problems({ cut_ic_pow: changing, behaviour: 'disco-5.6' })).toEqual([])
  expect(problems({ cut_ic_pow: '[5]*1000', behaviour: 'disco-5.2' })).toEqual([])
})

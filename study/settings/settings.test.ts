import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { checkRecipe } from '../recipe/check-recipe.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { readSettings } from './read-settings.ts'
import { settingsKeys, settingsVersions } from './versions.ts'
import { writeSettings } from './write-settings.ts'

const base = completeRecipe({ eta: 0.5, width_height: [128, 64], turbo_steps: 4 }, smallPack)

describe('settings', () => {
  it('are written with the keys of 5.6, in its order', () => {
    const keys = Object.keys(JSON.parse(writeSettings(base)))
    expect(keys).toHaveLength(96)
    expect(keys.slice(0, 3)).toEqual(['text_prompts', 'image_prompts', 'clip_guidance_scale'])
    expect(keys.slice(keys.indexOf('RN50x64'), keys.indexOf('RN50x64') + 2)).toEqual([
      'RN50x64',
      'ViTB32_laion2b_e16',
    ])
    expect(keys.at(-1)).toBe('video_init_blend_mode')
  })

  it('are written with the 66 keys of 5.2, cut_ic_pow as a number', () => {
    const written = JSON.parse(writeSettings({ ...base, behaviour: 'disco-5.2', cut_ic_pow: '[2]*1000' }))
    expect(Object.keys(written)).toHaveLength(66)
    expect(written).toMatchObject({
      cut_ic_pow: 2,
      width: 128,
      height: 64,
      diffusion_steps: 1000,
      turbo_steps: '4',
    })
  })

  it.each(['disco-5.2', 'disco-5.6', 'corrected'] as const)(
    'come back as the same recipe (%s)',
    (behaviour) => {
      const recipe = { ...base, behaviour, noise: 'torch' as const, display_rate: 7 }
      const read = readSettings(writeSettings(recipe))
      expect(read.unknown).toEqual({})
      expect(checkRecipe(read.patch, smallPack)).toMatchObject({ recipe, problems: [] })
    },
  )

  it('read texts for numbers, old names and 5.2 values', () => {
    const read = readSettings(
      '{"width": 100, "height": 64, "turbo_steps": "3", "sampling_mode": "plms", "cut_ic_pow": 2, "set_seed": 7, "SLIPB16": true, "diffusion_steps": 1000}',
    )
    expect(read.patch).toEqual({
      turbo_steps: 3,
      diffusion_sampling_mode: 'plms',
      cut_ic_pow: '[2]*1000',
      seed: 7,
      width_height: [100, 64],
      behaviour: 'disco-5.2',
    })
    expect(read.unknown).toEqual({ SLIPB16: true })
    expect(read.notices.join(' ')).toMatch(/Kept but not used: SLIPB16/)
  })

  it('read what older releases wrote, as far as it means the same', () => {
    const old = { timestep_respacing: 'ddim120', sampling_mode: 'ddim', cutn: 16, frames_skip_steps: '60%' }
    const { patch, unknown } = readSettings(JSON.stringify({ width: 64, height: 64, ...old }))
    expect(patch).toMatchObject({ steps: 120, diffusion_sampling_mode: 'ddim', frames_skip_steps: '60%' })
    expect(unknown).toEqual({ timestep_respacing: 'ddim120', cutn: 16 })
  })

  it('are not refused for a value that nothing looks at; it goes back as it came', () => {
    const still = { width: 64, height: 64, zoom: 'none', midas_weight: 0, perlin_mode: 'wild' }
    const read = readSettings(JSON.stringify(still))
    const { recipe, problems } = checkRecipe(read.patch, smallPack)
    expect(problems).toEqual([])
    expect(recipe).toMatchObject({ midas_weight: 0.3, perlin_mode: 'mixed' })
    expect(read.notices.join(' ')).toMatch(/midas_weight must be .* does nothing here/)
    expect(JSON.parse(writeSettings(recipe!, { read }))).toMatchObject(still)

    const { patch } = readSettings(JSON.stringify({ ...still, perlin_init: true }))
    expect(checkRecipe(patch, smallPack).problems[0]!.message).toMatch(/perlin_mode must be one of/)
  })

  it('read a recipe in YAML', () => {
    expect(readSettings('eta: 0.5\ntext_prompts: [a castle, "fog:-0.5"]').patch).toEqual({
      eta: 0.5,
      text_prompts: ['a castle', 'fog:-0.5'],
    })
  })

  it.each(['{"eta": ', '- 1\n- 2', '', '12'])('refuse %j', (text) => {
    expect(() => readSettings(text)).toThrow(/settings file/)
  })

  it.each([
    ['5.2', 66],
    ['5.3', 70],
    ['5.4', 83],
    ['5.5', 96],
    ['5.6', 96],
    ['5.7', 96],
  ] as const)('of %s have %i keys', (version, count) => {
    const written = writeSettings(base, { version, asNotebook: true })
    expect(Object.keys(JSON.parse(written))).toEqual(settingsKeys[version])
    expect(settingsKeys[version]).toHaveLength(count)
  })

  it('are written as Python writes JSON', () => {
    const written = writeSettings({ ...base, rand_mag: 0.00001, init_image: 'Küste "a".png' })
    expect(written).toContain('"rand_mag": 1e-05,')
    expect(written).toContain('"init_image": "Küste \\"a\\".png",')
    expect(written).toContain('"image_prompts": {},')
    expect(written.startsWith('{\n    "text_prompts": {\n        "0": [\n            "')).toBe(true)
    expect(written.endsWith('\n}')).toBe(true)
  })

  it('keep their numbers as Python spelled them, also in lists, unless they change', () => {
    const text = writeSettings(base, { version: '5.6', asNotebook: true })
      .replace('"eta": 0.5,', '"eta": 5e-1,')
      .replace('"tv_scale": 0,', '"tv_scale": 0.0,')
      .replace('"clamp_max": 0.05,', '"clamp_max": 0.050,')
      .replace(/0\.09\n/, '1.0,\n        0.5\n')
      .replace('"0: (0)"', '"0: (0), 7: (\\"eta\\": 1.0)"')
      .replace(/\n\}$/, ',\n    "sharpness": 3.0\n}')
    const read = readSettings(text)
    const { recipe, problems } = checkRecipe(read.patch, smallPack)

    expect(problems).toEqual([])
    expect(writeSettings(recipe!, { read, asNotebook: true })).toBe(text)
    const changed = writeSettings({ ...recipe!, eta: 1, clamp_max: 2 }, { read, asNotebook: true })
    expect(changed).toContain('"eta": 1,')
    expect(changed).toContain('"clamp_max": 2,')
    expect(changed).toContain('"tv_scale": 0.0,')
  })

  it('are written as the notebook does when asked to, except where it does not know how', () => {
    const extra = { ...base, noise: 'torch' as const, n_batches: 4 }
    expect(JSON.parse(writeSettings(extra, { asNotebook: true }))).not.toHaveProperty('noise')
    expect(JSON.parse(writeSettings(extra))).toMatchObject({ noise: 'torch', n_batches: 4 })
    expect(
      JSON.parse(writeSettings({ ...extra, behaviour: 'corrected' }, { asNotebook: true })),
    ).toMatchObject({ behaviour: 'corrected', noise: 'torch' })
  })

  it('take unknown keys and untouched spellings along', () => {
    const text = JSON.stringify({
      width: 130,
      height: 64,
      diffusion_steps: 1000,
      init_image: '',
      cut_overview: '[4] * 500 + [2]*500',
      cut_innercut: '[ 4 ]*1000',
      SLIPB16: true,
      sharpness: [1, { deep: 'x' }],
    })
    const read = readSettings(text)
    const { recipe } = checkRecipe(read.patch, smallPack)
    const changed = { ...recipe!, cut_innercut: '[5]*1000' }
    expect(JSON.parse(writeSettings(changed, { read, asNotebook: true }))).toMatchObject({
      width: 130,
      init_image: '',
      cut_overview: '[4] * 500 + [2]*500',
      cut_innercut: '[5]*1000',
      SLIPB16: true,
      sharpness: [1, { deep: 'x' }],
    })
    expect(JSON.parse(writeSettings({ ...recipe!, width_height: [64, 64] }, { read })).width).toBe(64)
  })

  it.each([
    [{ SLIPB16: 1 }, '5.2'],
    [{ ViTL14_336px: false }, '5.3'],
    [{ use_vertical_symmetry: false, video_init_steps: 100 }, '5.4'],
    [{ RN50_yffcc15m: false, video_init_steps: 100 }, '5.6'],
  ])('with %j are of %s, and go back as that', (more, version) => {
    const read = readSettings(JSON.stringify({ diffusion_steps: 1000, cut_ic_pow: 2, ...more }))
    expect(read.version).toBe(version)
    expect(read.patch.behaviour).toBe(version === '5.2' ? 'disco-5.2' : 'disco-5.6')

    const { recipe } = checkRecipe(read.patch, smallPack)
    const keys = Object.keys(JSON.parse(writeSettings(recipe!, { read, asNotebook: true })))
    expect(keys.filter((key) => key !== 'SLIPB16')).toEqual(settingsKeys[version as '5.2'])
  })

  it('round trip exactly, for every version', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...settingsVersions),
        fc.record<RecipePatch>({
          eta: fc.double({ min: 0, max: 1, noNaN: true }),
          steps: fc.integer({ min: 20, max: 2000 }),
          clip_guidance_scale: fc.oneof(
            fc.integer({ min: 0, max: 1e6 }),
            fc.double({ min: 0, max: 1e6, noNaN: true }),
          ),
          rand_mag: fc.double({ min: 0, max: 1, noNaN: true }),
          seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
          text_prompts: fc.dictionary(
            fc.nat(9999).map(String),
            fc.array(
              fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(':', '')),
              {
                minLength: 1,
                maxLength: 3,
              },
            ),
            { minKeys: 1, maxKeys: 3 },
          ),
          cut_ic_pow: fc.constantFrom('[1]*1000', '[0.5]*1000', '[1]*500+[7]*500'),
          behaviour: fc.constantFrom('disco-5.2', 'disco-5.6', 'corrected'),
          noise: fc.constantFrom('paired', 'torch'),
          intermediate_saves: fc.oneof(fc.nat(9), fc.array(fc.nat(99), { minLength: 1, maxLength: 4 })),
          n_batches: fc.integer({ min: 1, max: 9 }),
          skip_augs: fc.boolean(),
          RN50_cc12m: fc.constant(false),
          transformation_percent: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        fc.dictionary(
          fc.string({ minLength: 1 }).map((key) => `x_${key}`),
          fc.json().map((text) => JSON.parse(text) as unknown), // a file cannot say the −0 of JavaScript
          { maxKeys: 3 },
        ),
        (version, patch, strange) => {
          fc.pre(patch.behaviour !== 'disco-5.2' || !patch.cut_ic_pow?.includes('+'))
          const recipe = completeRecipe(patch, smallPack)
          const once = writeSettings(recipe, { version })
          const read = readSettings(JSON.stringify({ ...JSON.parse(once), ...strange }))
          const back = checkRecipe(read.patch, smallPack)

          expect(read.unknown).toEqual(strange)
          expect({ ...recipe, ...back.recipe }).toEqual(recipe)
          expect(back.problems).toEqual([])
          const twice = writeSettings(back.recipe!, { version, read })
          expect(JSON.parse(twice)).toEqual(JSON.parse(JSON.stringify({ ...JSON.parse(once), ...strange })))
        },
      ),
      { numRuns: 200 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import { checkRecipe } from '../recipe/check-recipe.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { readSettings } from './read-settings.ts'
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

  it('read a recipe in YAML', () => {
    expect(readSettings('eta: 0.5\ntext_prompts: [a castle, "fog:-0.5"]').patch).toEqual({
      eta: 0.5,
      text_prompts: ['a castle', 'fog:-0.5'],
    })
  })

  it.each(['{"eta": ', '- 1\n- 2', '', '12'])('refuse %j', (text) => {
    expect(() => readSettings(text)).toThrow(/settings file/)
  })
})

import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { parameters } from '../parameters/parameter.ts'
import { makePlan } from '../plan/make-plan.ts'
import { advise, planRules, recipeRules } from './advise.ts'

const pack = { ...smallPack, lpips: true }
const picture = `sha256:${'12'.repeat(32)}`

interface Study {
  recipe?: RecipePatch
  axes?: string[]
  skip?: string[]
  fit?: 'no' | 'parts'
}

function adviceOn({ recipe = {}, axes = [], skip = [], fit }: Study) {
  const { plan, problems } = makePlan({ teststrip: 1, title: 't', pack: 'starter', recipe, axes, skip }, pack)
  expect(problems).toEqual([])

  return advise(plan!, { fit })
}

/** One study for every rule, and words of what it says. */
const cases: [id: string, study: Study, says: RegExp][] = [
  ['perlin-over-init', { recipe: { perlin_init: true, init_image: picture } }, /override init_image/],
  ['init-needs-skip', { recipe: { init_image: picture, steps: 50 } }, /about 50 % of the steps \(25\)/],
  ['skip-without-init', { recipe: { skip_steps: 15 } }, /leaves out 60 %/],
  [
    'init-not-held',
    { recipe: { init_image: picture, steps: 50, skip_steps: 20, init_scale: 0 } },
    /nothing holds/,
  ],
  ['weight-in-words', { recipe: { text_prompts: { '0': ['fog:2', 'sea'] } } }, /reads the ":weight"/],
  [
    'weights-cancel',
    { recipe: { text_prompts: { '0': ['sea:1', 'fog:-0.9'] } } },
    /add up to 0\.1, .* 19 times as hard/,
  ],
  ['only-negative', { recipe: { text_prompts: { '0': ['fog:-1'] } } }, /only pushed away/],
  [
    'image-prompts-as-disco',
    { recipe: { image_prompts: { '0': [picture] } } },
    /behaviour corrected mends that/,
  ],
  ['eta-wants-steps', { recipe: { eta: 1, steps: 10 } }, /10 steps are few .* 25 or more/],
  ['steps-divide', { recipe: { steps: 300 } }, /only 900 of them are used; 250 steps use all/],
  [
    'plms-and-skips',
    { recipe: { diffusion_sampling_mode: 'plms', steps: 8 } },
    /8 of them are hardly enough/,
  ],
  ['guidance-for-area', { recipe: { width_height: [128, 128] } }, /128 × 128 is 4 times .* about 2000/],
  ['native-size', { recipe: { width_height: [192, 128] } }, /6\.0 times the area/],
  ['unguided', { recipe: { clip_guidance_scale: 0 } }, /the prompts do nothing/],
  ['clamp-off', { recipe: { clamp_grad: false } }, /nothing limits/],
  ['clamp-to-nothing', { recipe: { clamp_max: 0 } }, /held back entirely/],
  ['tv-outweighs', { recipe: { tv_scale: 50_000 } }, /outweighs clip_guidance_scale 500/],
  [
    'schedule-too-long-cut_overview',
    { recipe: { cut_overview: '[4]*1200' } },
    /goes on for 1200 units; a run has 1000/,
  ],
  ['scattered-subject', { recipe: { cut_innercut: '[16]*400+[1]*600' } }, /scatter the subject/],
  ['no-inner-cuts', { recipe: { cut_innercut: '[0]*1000' } }, /have nothing to act on/],
  [
    'unguided-steps',
    { recipe: { behaviour: 'corrected', cut_overview: '[4]*500+[0]*500', cut_innercut: '[0]*1000' } },
    /of 25 steps have no cuts/,
  ],
  [
    'memory',
    { recipe: { cut_overview: '[12]*1000', cut_innercut: '[4]*1000' }, fit: 'no' },
    /twice the cutn_batches/,
  ],
  ['does-nothing', { recipe: { rand_mag: 0.5 } }, /^rand_mag does nothing while fuzzy_prompt is off\.$/],
  ['animation-in-still', { recipe: { turbo_mode: true, turbo_steps: 5 } }, /act in animations only/],
  [
    'axis-without-effect',
    { recipe: { diffusion_sampling_mode: 'plms' }, axes: ['eta 0, 1'] },
    /axis eta changes nothing while diffusion_sampling_mode is plms/,
  ],
  ['axis-of-one', { axes: ['tv_scale 100'] }, /has one value/],
  ['fair-noise', { recipe: { noise: 'torch' }, axes: ['tv_scale 0, 100'] }, /paired keeps them/],
  ['guidance-saturates', { axes: ['clip_guidance_scale 500, 9000, 20000'] }, /above 5000 may look alike/],
  ['outside-usual', { axes: ['clip_guidance_scale 20, 500, 9000'] }, /^2 of 3 values .* 50 to 5000\.$/],
]

describe('advice', () => {
  it.each(cases)('%s', (id, study, says) => {
    const [advice] = adviceOn(study).filter((each) => each.id === id)
    expect(advice?.says).toMatch(says)
    expect(advice!.parameters.length).toBeGreaterThan(0)
  })

  it('has a case above for every rule', () => {
    // The four schedules share one rule.
    const rules = [...recipeRules, ...planRules].map(({ id }) => id).filter((id) => !/long-cut_i/.test(id))
    expect(cases.map(([id]) => id).toSorted()).toEqual(rules.toSorted())
  })

  it('is not given again once it was followed', () => {
    const followed = cases.flatMap(([id, study]) => {
      const { fix } = adviceOn(study).find((each) => each.id === id)!
      if (!fix) return []
      expect(Object.keys(fix).every((name) => parameters.some((each) => each.name === name))).toBe(true)
      const after = adviceOn({ ...study, fit: undefined, recipe: { ...study.recipe, ...fix } })
      expect(after.map((each) => each.id)).not.toContain(id)

      return [id]
    })
    expect(followed.length).toBeGreaterThan(12)
  })

  it('is silent on the defaults of a pack', () => {
    expect(adviceOn({})).toEqual([])
    expect(adviceOn({ axes: ['eta 0, 0.5, 1', 'seed seeds 3 from 1'] })).toEqual([])
  })

  it('is silent on what an axis passes through, and on cells left out', () => {
    expect(adviceOn({ axes: ['clip_guidance_scale 0, 100'] })).toEqual([])
    expect(adviceOn({ axes: ['skip_steps 0, 20'], skip: ['skip_steps > 10'] })).toEqual([])
  })

  it('says where only some cells are meant, and offers no value that an axis sets', () => {
    const [advice] = adviceOn({ axes: ['skip_steps 0, 20'] })
    expect(advice?.says).toMatch(/^In some cells: skip_steps leaves out 80 %/)
    expect(advice).not.toHaveProperty('fix')
  })

  it('looks at the ends of long axes', () => {
    const ids = adviceOn({ axes: ['skip_steps 0..24 step 1', 'seed seeds 500 from 1'] }).map(({ id }) => id)
    expect(ids).toContain('skip-without-init')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisToText } from './axis-to-text.ts'
import { parseAxis } from './parse-axis.ts'

function labels(text: string): string[] {
  const parsed = parseAxis(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)

  return parsed.axis.points.map((point) => point.label)
}

function values(text: string): unknown[] {
  const parsed = parseAxis(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)

  return parsed.axis.points.map((point) => Object.values(point.patch)[0])
}

function problem(text: string): string {
  const parsed = parseAxis(text)

  return parsed.ok
    ? `read as ${parsed.axis.points.map((point) => point.label).join(', ')}`
    : parsed.problem.message
}

describe('numbers on an axis', () => {
  it.each([
    ['eta 1..2 step 0.3', '1 1.3 1.6 1.9'],
    ['clamp_max 10..1 step -3', '10 7 4 1'],
    ['eta 0..1 step 0.1', '0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1'],
    ['eta: 0 .. 1 count 5', '0 0.25 0.5 0.75 1'],
    ['eta 0..0.01 count 5', '0 0.0025 0.005 0.0075 0.01'],
    ['eta 0..1 count 4', '0 0.3333 0.6667 1'],
    ['eta 1e-3', '0.001'],
    ['eta=.5, 1', '0.5 1'],
    ['midas_weight 0.3', '0.3'],
    ['clip_guidance_scale 500 .. 50000 log 5', '500 1581 5000 15810 50000'],
    ['clip_guidance_scale 1000..100000 log 3', '1000 10000 100000'],
    ['cutn_batches 1..8 log 4', '1 2 4 8'],
    ['seed seeds 3 from 1000', '1000 1001 1002'],
    ['seeds 3 from 1000', '1000 1001 1002'],
    ['steps 10, 25..100 step 25, 250', '10 25 50 75 100 250'],
    ['eta 0..1 count 1', '0'],
    ['eta 0.5..0.5 step 0.1', '0.5'],
    ['cut_ic_pow 1, 5, 20', '1 5 20'],
    ['tv_scale 5 to 15 by 5', '5 10 15'],
  ])('%s', (text, expected) => {
    expect(labels(text).join(' ')).toBe(expected)
  })

  it('keeps -1 and 1 apart', () => {
    expect(values('vr_eye_angle -1, 1')).toEqual([-1, 1])
  })

  it('gives doubles that print as typed', () => {
    expect(values('eta 0..1 step 0.1')).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
  })

  it('repeats the same random values for the same seed', () => {
    const text = 'eta random 4 from 0..1 seed 7'
    expect(values(text)).toEqual(values(text))
    expect(values(text)).not.toEqual(values('eta random 4 from 0..1 seed 8'))
    expect((values(text) as number[]).every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it.each([
    ['eta 0..1 step -0.1', /never reaches its end.*use step 0.1/],
    ['eta 1..0 step 0.1', /never reaches its end.*use step -0.1/],
    ['eta 0..1 step 0', /never reaches its end/],
    ['eta 0..1', /does not say how to get there/],
    ['eta 0..1 count 0', /1 or more/],
    ['eta 0..1 log 3', /same side of 0/],
    ['eta 0, many', /"many" is neither a number nor a range/],
    ['eta 0,,1', /a value is missing/],
    ['eta', /eta has no values/],
    ['eta 11', /eta must be a number from 0 to 10, but is 11/],
    ['steps 2.5', /steps must be a whole number from 2 to 10000, but is 2.5/],
    ['steps 10..12 step 0.5', /steps must be a whole number.*10.5/],
    ['ets 1', /no parameter "ets"; did you mean eta\?/],
    ['set_seed 1', /did you mean seed\?/],
    ['', /starts with the name of a parameter/],
    ['eta 0..1 step 1e-9', /1000000001 values are more than the 100000 cells/],
    ['seeds 1000000 from 0', /1000000 values are more than/],
    ['eta 1e400', /neither a number|too large/],
    ['steps 25, 50 & skip_steps 0', /steps has 2 values and skip_steps has 1/],
    ['steps 25 & steps 50', /twice on one axis/],
    ['display_rate 1, 2', /cannot be an axis/],
    ['cut_overview [1]*10 | [6]*1000', /covers 10 of the 1000 units/],
    ['skip_augs maybe', /skip_augs must be true or false/],
    ['text_prompts swap "a"', /write a swap like/],
    ['text_prompts weight "a" heavy', /"heavy" is neither a number/],
    ['text_prompts drop "a" | b', /b.*quotes/],
    ['text_prompts permute "a"', /2 to 8 parts, but has 1/],
  ])('refuses %j', (text, message) => {
    expect(problem(text)).toMatch(message)
  })

  it.each([
    ['eta 0, many, 1', 'many'],
    ['eta 0..1 step -0.1', '0..1'],
    ['ets 1', 'ets'],
    ['eta 0.5, 11', '11'],
    ['steps 2, 2.5', '2.5'],
    ['steps 25 & skip_augs maybe', 'maybe'],
    ['noise paired, tortch', 'tortch'],
    ['cut_overview [12]*400+[4]*600 | [1]*10', '[1]*10'],
    ['width_height 64x64, 64', '64'],
    ['models ViTB32+ViTB99', 'ViTB99'],
    ['text_prompts drop "a" | b', 'b'],
    ['text_prompts ["a" | b', '["a" | b'],
    ['step 50%, 120', '120'],
    ['clip_guidance_scale 1, 2 log', '2 log'],
    ['eta random 4 from 0..1', 'random 4 from 0..1'],
  ])('points into %j at %j', (text, piece) => {
    const parsed = parseAxis(text)
    expect(parsed.ok ? null : parsed.problem.at).toBe(text.indexOf(piece))
  })
})

describe('other values on an axis', () => {
  it('reads booleans, choices, schedules and sizes', () => {
    expect(values('skip_augs true, off')).toEqual([true, false])
    expect(values('noise paired, torch')).toEqual(['paired', 'torch'])
    expect(values('frames_skip_steps 40%, 60')).toEqual(['40%', '60%'])
    expect(values('cut_overview [12]*400+[4]*600 | [6]*1000')).toEqual(['[12]*400+[4]*600', '[6]*1000'])
    expect(values('width_height 64x64, 128x64')).toEqual([
      [64, 64],
      [128, 64],
    ])
    expect(values('transformation_percent [0.09] | 0.1, 0.5')).toEqual([[0.09], [0.1, 0.5]])
  })

  it('reads key frames, with a lone number as one value for all frames', () => {
    expect(values('zoom 1.02 | 0: (1), 9: (1.5)')).toEqual(['0: (1.02)', '0: (1), 9: (1.5)'])
    expect(labels('zoom 1.02 | 0: (1), 9: (1.5)')).toEqual(['1.02', '0: (1), 9: (1.5)'])
  })

  it('reads whole prompts with commas, ampersands, bars in quotes and lists', () => {
    expect(values('text_prompts a castle, oil painting | salt & pepper:2 | ["a|b", "fog:-1"]')).toEqual([
      { '0': ['a castle, oil painting'] },
      { '0': ['salt & pepper:2'] },
      { '0': ['a|b', 'fog:-1'] },
    ])
  })

  it('keeps an ampersand before a parameter name in a prompt, and says so', () => {
    const parsed = parseAxis('text_prompts salt & noise of the sea | a castle')
    expect(parsed.ok && parsed.axis.name).toBe('text_prompts')
    expect(parsed.ok && parsed.notices[0]).toMatch(/"& noise:"/)
    const linked = parseAxis('text_prompts salt | a castle & seed: 1, 2')
    expect(linked.ok && linked.axis.name).toBe('text_prompts & seed')
  })

  it('swaps words of the prompts', () => {
    const parsed = parseAxis('text_prompts swap "lighthouse" for "castle" | "wind & mill"')
    expect(parsed.ok && parsed.axis.points.map((point) => point.edit)).toEqual([
      { kind: 'swap', find: 'lighthouse', replace: 'castle' },
      { kind: 'swap', find: 'lighthouse', replace: 'wind & mill' },
    ])
  })

  it('drops, weighs and permutes words of the prompts', () => {
    expect(labels('text_prompts drop nothing | "artstation"')).toEqual(['all words', 'without artstation'])
    expect(labels('text_prompts weight "at night" -1..2 step 1')).toEqual(['-1', '0', '1', '2'])
    expect(labels('text_prompts permute "fog" | "a sea" | "night"')).toHaveLength(6)
    expect(labels('text_prompts permute "fog" | "a sea"')).toEqual(['fog, a sea', 'a sea, fog'])
    expect(values('text_prompts drop a line in the sea')).toEqual([{ '0': ['drop a line in the sea'] }])
  })

  it('takes sets of CLIPs as values, and names the axis after them', () => {
    const parsed = parseAxis('models ViTB32+RN50 | ViTB16')
    expect(parsed.ok && parsed.axis.name).toBe('models')
    expect(parsed.ok && parsed.axis.points).toMatchObject([
      { label: 'ViTB32+RN50', patch: { ViTB32: true, RN50: true, ViTB16: false, ViTL14: false } },
      { label: 'ViTB16', patch: { ViTB32: false, RN50: false, ViTB16: true } },
    ])
    expect(problem('models ViTB32+ViTB99')).toMatch(/no CLIP named "ViTB99"/)
    expect(labels('models ViTB32 | RN50 & seed: 1, 2')).toEqual(['ViTB32 / 1', 'RN50 / 2'])
  })

  it('takes intermediate pictures of a run as points, whose labels say that they cost nothing', () => {
    const parsed = parseAxis('step 10%, 25 %, 50..100 step 50')
    expect(parsed.ok && parsed.axis).toMatchObject({
      name: 'step',
      parameters: ['intermediate_saves'],
      points: [
        { label: '10 % (same run)', patch: {}, partial: 10 },
        { label: '25 % (same run)', partial: 25 },
        { label: '50 % (same run)', partial: 50 },
        { label: '100 %', partial: 100 },
      ],
    })
    expect(problem('step 0%, 50%')).toMatch(/above 0 % and up to 100 %, but is 0 %/)
    expect(problem('step')).toMatch(/step has no values/)
    expect(problem('step 50% & seed: 1')).toMatch(/axis of its own/)
  })

  it('keeps prompts of 200 characters, digits, commas and dots in them, letter by letter', () => {
    const long = 'a lighthouse, 1..2 step 0.3 of the way, '.repeat(5)
    expect(long.trim()).toHaveLength(199)
    expect(values(`text_prompts ${long}| ${long}!`)).toEqual([{ '0': [long.trim()] }, { '0': [`${long}!`] }])
  })

  it('links parameters into one axis', () => {
    const parsed = parseAxis('steps 25, 50 & skip_steps 0, 5')
    expect(parsed.ok && parsed.axis).toMatchObject({
      name: 'steps & skip_steps',
      points: [
        { label: '25 / 0', patch: { steps: 25, skip_steps: 0 } },
        { label: '50 / 5', patch: { steps: 50, skip_steps: 5 } },
      ],
    })
  })

  it('leaves repeated values out and says so', () => {
    const parsed = parseAxis('eta 0.5, 1, .50')
    expect(parsed.ok && parsed.axis.points.length).toBe(2)
    expect(parsed.ok && parsed.notices).toEqual(['eta: 1 repeated value is left out.'])
  })
})

describe('text and structure', () => {
  const number = fc.integer({ min: 0, max: 10 ** 9 }).map((n) => n / 10 ** 8)
  const prompt = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() !== '')
  const axis = fc.oneof(
    fc.uniqueArray(number, { minLength: 1, maxLength: 8 }).map((list) => `eta ${list.join(', ')}`),
    fc
      .uniqueArray(fc.integer({ min: 2, max: 999 }), { minLength: 1, maxLength: 5 })
      .map((list) => `steps ${list.join(', ')} & skip_steps ${list.map((steps) => steps - 1).join(', ')}`),
    fc
      .uniqueArray(prompt, { minLength: 1, maxLength: 5 })
      .map((list) => `text_prompts ${list.map((text) => JSON.stringify(text)).join(' | ')}`),
    fc
      .uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 5 })
      .map((list) => `cut_overview ${list.map((n) => `[${n}]*400+[3]*600`).join(' | ')}`),
    fc
      .uniqueArray(prompt, { minLength: 1, maxLength: 4 })
      .chain((list) =>
        fc.constantFrom(
          `text_prompts swap "x" for ${list.map((text) => JSON.stringify(text)).join(' | ')}`,
          `text_prompts drop nothing | ${list.map((text) => JSON.stringify(text)).join(' | ')}`,
          `text_prompts permute "a|b" | ${list.map((text) => JSON.stringify(text)).join(' | ')}`,
          `text_prompts weight ${JSON.stringify(list[0])} -1, 0.25, 2`,
        ),
      ),
    fc.constantFrom('models ViTB32+RN50 | ViTB16', 'models: RN50 & eta: 0.5'),
    fc
      .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 })
      .map((list) => `step ${list.map((permille) => `${permille / 10}%`).join(', ')}`),
    fc
      .record({ from: number, to: number, count: fc.integer({ min: 1, max: 30 }), seed: fc.nat(99) })
      .chain(({ from, to, count, seed }) =>
        fc.constantFrom(
          `eta ${from} .. ${to} count ${count}`,
          `eta random ${count} from ${from} .. ${to} seed ${seed}`,
          `clip_guidance_scale ${from + 1} .. ${to + 2} log ${count}`,
          `seeds ${count} from ${seed}`,
          `steps ${seed + 2}..${seed + 2 + count} step 1`,
        ),
      ),
    fc.constantFrom(
      'skip_augs true, false',
      'noise paired, torch',
      'behaviour corrected, disco-5.2 & skip_augs: on, off',
      'width_height 64x64, 128x64',
      'transformation_percent [0.09] | 0.1, 0.5',
      `init_image none | sha256:${'a'.repeat(64)}`,
    ),
    fc.constantFrom(
      'zoom 1.02 | 0: (1), 9: (1.5)',
      'frames_skip_steps 40%, 60',
      'angle -1|0|2 & frames_scale 0,1,2',
    ),
  )

  it('come back from each other', () => {
    fc.assert(
      fc.property(axis, (text) => {
        const first = parseAxis(text)
        if (!first.ok) throw new Error(`${text}: ${first.problem.message}`)
        const again = parseAxis(axisToText(first.axis))
        if (!again.ok) throw new Error(`${axisToText(first.axis)}: ${again.problem.message}`)
        expect(again.axis.points).toEqual(first.axis.points)
        expect(again.axis.name).toBe(first.axis.name)
      }),
      { numRuns: 300 },
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom('', 'eta ', 'text_prompts ', 'cut_overview ', 'steps & '),
        (text, start) => {
          parseAxis(start + text)
        },
      ),
      { numRuns: 500 },
    )
  })
})

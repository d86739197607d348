import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engineVersion } from '../engine-version.ts'
import type { StudyFile } from '../file/study-file.ts'
import { preflight as preflightOf } from '../forecast/preflight.ts'
import { smallPack } from '../pack-info.testing.ts'
import { renderKey } from '../recipe/render-key.ts'
import { cellAt, coordsOf, seqOf } from './cell-at.ts'
import { expandPlan, planKeys } from './expand-plan.ts'
import { defaultView, gridOf } from './grid-of.ts'
import { makePlan } from './make-plan.ts'
import type { Plan } from './plan.ts'
import { renderOrder } from './render-order.ts'

const file = (axes: StudyFile['axes'], more: Partial<StudyFile> = {}): StudyFile => ({
  teststrip: 1,
  title: 'A study',
  pack: 'starter',
  recipe: {},
  axes,
  ...more,
})

function plan(axes: StudyFile['axes'], more: Partial<StudyFile> = {}): Plan {
  const made = makePlan(file(axes, more), smallPack)
  if (!made.plan) throw new Error(made.problems.map((problem) => problem.message).join('\n'))

  return made.plan
}

const problems = (axes: StudyFile['axes'], more: Partial<StudyFile> = {}): string[] =>
  makePlan(file(axes, more), smallPack).problems.map((problem) => problem.message)

const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 0, maxLength: 4 })
const shaped = (sizes: number[]): Pick<Plan, 'axes'> => ({
  axes: sizes.map((size, i) => ({
    name: `a${i}`,
    parameters: [],
    text: '',
    points: Array.from({ length: size }, (_, p) => ({ label: `${p}`, patch: {} })),
  })),
})

describe('expansion', () => {
  it('varies the first axis slowest', () => {
    const made = plan(['clip_guidance_scale 500, 5000', 'eta 0, 0.5, 1'])
    expect(made.size).toBe(6)
    expect(cellAt(made, 4)).toMatchObject({
      coords: [1, 1],
      excluded: false,
      recipe: { clip_guidance_scale: 5000, eta: 0.5 },
    })
  })

  it('leads from place to coordinates and back', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const made = shaped(sizes)
        const size = sizes.reduce((a, b) => a * b, 1)
        for (let seq = 0; seq < size; seq++) if (seqOf(made, coordsOf(made, seq)) !== seq) return false

        return true
      }),
    )
  })

  it('counts 100,000 cells without expanding them', () => {
    const made = plan(['seeds 1000 from 1', 'eta 0..1 count 100'])
    expect(made.size).toBe(100_000)
    expect(JSON.stringify(made).length).toBeLessThan(200_000)
    expect(cellAt(made, 99_999).recipe).toMatchObject({ seed: 1000, eta: 1 })
  })

  it('swaps words in the prompts of the base and of another axis', () => {
    const made = plan([
      'text_prompts: a lighthouse at night | a red lighthouse',
      'text_prompts swap "lighthouse" for "castle" | "$& tree"',
    ])
    expect(cellAt(made, 2).recipe.text_prompts).toEqual({ '0': ['a red castle'] })
    expect(cellAt(made, 1).recipe.text_prompts).toEqual({ '0': ['a $& tree at night'] })
  })

  it('drops, weighs and reorders words of the prompts', () => {
    const text_prompts = { '0': ['a lighthouse, oil painting, artstation:2'] }
    const prompts = (edits: string) => {
      const made = plan([`text_prompts ${edits}`], { recipe: { text_prompts } })

      return Array.from({ length: made.size }, (_, k) => cellAt(made, k).recipe.text_prompts['0'])
    }
    expect(prompts('drop nothing | "oil painting" | "artstation"')).toEqual([
      ['a lighthouse, oil painting, artstation:2'],
      ['a lighthouse, artstation:2'],
      ['a lighthouse, oil painting:2'],
    ])
    expect(prompts('weight "lighthouse" -1, 0.5')).toEqual([
      ['a lighthouse, oil painting, artstation:-1'],
      ['a lighthouse, oil painting, artstation:0.5'],
    ])
    expect(prompts('permute "oil painting" | "artstation"')).toEqual([
      ['a lighthouse, oil painting, artstation:2'],
      ['a lighthouse, artstation, oil painting:2'],
    ])
  })

  it('says when an edit finds nothing in any prompt', () => {
    const { notices } = makePlan(file(['text_prompts drop nothing | "artstation"']), smallPack)
    expect(notices).toEqual(['text_prompts: no prompt holds "artstation", so nothing changes there.'])
  })

  it('takes axes built with fields', () => {
    const made = plan([{ parameters: ['eta'], points: [{ label: 'none', patch: { eta: 0 } }] }])
    expect(made.axes[0]).toMatchObject({ name: 'eta', text: 'eta: 0', points: [{ label: 'none' }] })
  })

  it('shows steps of one run as cells that share its render', () => {
    const made = plan(['eta 0, 1', 'step 10%, 50%, 99%, 100%'], { recipe: { steps: 20, skip_steps: 10 } })
    const cells = [...expandPlan(made)].sort((a, b) => a.seq - b.seq)
    expect(cells.map(({ partial }) => partial)).toEqual([1, 5, null, null, 1, 5, null, null])
    expect(new Set(cells.map(({ key }) => key)).size).toBe(2)
    // Counted from 0, as Disco Diffusion does.
    expect(cells[0]!.patch).toMatchObject({ eta: 0, intermediate_saves: [0, 4] })

    const [whole] = expandPlan(plan(['eta 0'], { recipe: { steps: 20, skip_steps: 10 } }))
    expect(whole).toMatchObject({ partial: null })
    // A render that was made without the pictures does not have them.
    expect(cells.map(({ key }) => key)).not.toContain(whole!.key)
  })

  it('goes by the length of each run', () => {
    const made = plan(['steps 10, 40', 'step 50%'])
    expect([0, 1].map((seq) => cellAt(made, seq).partial)).toEqual([5, 20])
    expect(cellAt(made, 1).recipe.intermediate_saves).toEqual([19])
  })

  it('keeps excluded cells in the plan', () => {
    const made = plan(['eta 0, 1', 'clip_guidance_scale 100, 20000'], {
      skip: ['eta > 0.5 and clip_guidance_scale >= 20000'],
    })
    expect([0, 1, 2, 3].map((seq) => cellAt(made, seq).excluded)).toEqual([false, false, false, true])
  })
})

describe('expandPlan', () => {
  const base = { cut_innercut: '[0]*1000', text_prompts: { '0': ['a lighthouse:2', 'fog'] } }
  // Axes that switch each other's parameters on and off, edit one prompt together, and share switches.
  const axis = fc.constantFrom(
    'cut_ic_pow 1, 5',
    'cut_innercut [0]*1000 | [4]*400+[0]*600 | [2]*1000',
    'behaviour corrected, disco-5.2',
    'text_prompts swap "lighthouse" for "castle" | "light & house"',
    'text_prompts weight "fog" -0.5, 1',
    'models ViTB32 | RN50',
    'width_height 64x64, 128x70',
    'eta 0, 0.5 & clip_guidance_scale 0, 500',
    'perlin_init off, on',
    'use_vertical_symmetry off, on',
    'seeds 3 from 1',
    'step 10%, 50%, 100%',
    'steps 4, 30 & skip_steps 0, 10',
  )

  it('gives every cell the key, recipe and exclusion that it has alone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(axis, { maxLength: 5 }), fc.boolean(), (axes, skips) => {
        const { plan: made } = makePlan(
          file(axes, { recipe: base, skip: skips ? ['seed > 1 and eta == 0', 'width > 100'] : [] }),
          smallPack,
        )
        fc.pre(made !== null)
        const cells = [...expandPlan(made!)]
        expect(cells.map((cell) => cell.seq)).toEqual([...renderOrder(made!)])
        for (const [rank, { seq, key, patch, ...rest }] of cells.entries()) {
          const alone = cellAt(made!, seq)
          const { coords, excluded, partial } = alone
          expect(rest).toEqual({ rank, coords, excluded, partial })
          expect({ ...made!.base, ...patch }).toEqual(alone.recipe)
          expect(key).toBe(renderKey(alone.recipe, smallPack, engineVersion))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('makePlan', () => {
  it.each<[StudyFile['axes'], Partial<StudyFile>, RegExp]>([
    [
      ['seeds 1000 from 1', 'eta 0..1 count 101'],
      {},
      /make 101000 cells \(1000 × 101\), more than the limit of 100000/,
    ],
    [['eta 0, 1', 'eta 0, 1'], {}, /eta is on axis 1 and on axis 2/],
    [['steps 25 & skip_steps 0', 'skip_steps 1 & steps 30'], {}, /steps is on axis 1 and on axis 2/],
    [['step 10%', 'step 20%'], {}, /step is on axis 1 and on axis 2/],
    [['step 10%'], { recipe: { n_batches: 2 } }, /step shows pictures of one run.*set n_batches to 1/],
    [
      Array.from({ length: 20 }, (_, k) => `${['eta', 'seed', 'steps', 'tv_scale'][k % 4]} 1..9999 step 1`),
      {},
      /make more than 9007199254740991 cells/,
    ],
    [['eta 0, 1'], { skip: ['eta < 1', 'eta >= 1'] }, /skip rules exclude every cell/],
    [['steps 10, 50', 'skip_steps 5, 20'], {}, /skip_steps is 20 and steps is 10/],
    [['eta 0..1 step -1'], {}, /never reaches its end/],
    [['eta 0, 1'], { skip: ['etta > 1'] }, /did you mean eta/],
    [['eta 0, 1'], { view: { columns: [0], rows: [1] } }, /shows axis 1, but the study has 1/],
    [['eta 0, 1'], { recipe: { sat_scale: -1 } }, /sat_scale must be a number from 0 up, but is -1/],
    [[{ parameters: ['eta'], points: [{ label: 'x', patch: { eta: 99 } }] }], {}, /eta must be/],
    [[{ parameters: ['eta'], points: [{ label: 'x', patch: { seed: 9 } }] }], {}, /also sets seed/],
    [['text_prompts a:1 | b:0'], {}, /weights add up to 0/],
    [
      ['eta 0, 1'],
      { recipe: { animation_mode: '2D' } },
      /2D" makes several pictures, but a cell .* shows one/,
    ],
    [
      ['eta 0, 1'],
      { recipe: { n_batches: 300, width_height: [1024, 1024] } },
      /n_batches 300 .* makes a cell of 340 megapixels/,
    ],
  ])('refuses %j %j', (axes, more, message) => {
    expect(problems(axes, more).join('\n')).toMatch(message)
  })

  it('forgives combinations that a skip rule excludes', () => {
    expect(problems(['steps 10, 50', 'skip_steps 5, 20'], { skip: ['skip_steps >= steps'] })).toEqual([])
  })

  it('names the axis of a problem', () => {
    expect(makePlan(file(['eta 0, 1', 'steps 1, 50']), smallPack).problems[0]).toMatchObject({
      parameter: 'steps',
      axis: 1,
    })
  })
})

describe('renderOrder', () => {
  it('visits every place once', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const order = [...renderOrder(shaped(sizes))]
        const size = sizes.reduce((a, b) => a * b, 1)

        return order.length === size && new Set(order).size === size && Math.max(...order) === size - 1
      }),
    )
  })

  it('begins with the corners, then the middle', () => {
    expect([...renderOrder(shaped([5, 5]))].slice(0, 9)).toEqual([0, 4, 20, 24, 2, 22, 10, 14, 12])
  })
})

describe('grid', () => {
  it('shows the first axis across and the second down, and every cell once', () => {
    fc.assert(
      fc.property(lengths, (sizes) => {
        const made = shaped(sizes)
        const grid = gridOf(made, defaultView(made))
        const cells = grid.rows.flatMap((_, r) => grid.columns.map((_, c) => grid.cell(r, c)))

        return new Set(cells).size === cells.length && cells.length === sizes.reduce((a, b) => a * b, 1)
      }),
    )
    expect(defaultView(shaped([2, 2]))).toEqual({ columns: [0], rows: [1] })
  })

  it('fixes axes that are on neither side', () => {
    const made = plan(['clip_guidance_scale 500, 5000', 'eta 0, 0.5, 1', 'seeds 3 from 1'])
    const view = { columns: [0], rows: [1], slider: [{ axis: 2, point: 1 }] }
    expect(gridOf(made, view).cell(2, 1)).toBe(seqOf(made, [1, 2, 1]))
    expect(gridOf(made, view, { 2: 2 }).cell(0, 0)).toBe(seqOf(made, [0, 0, 2]))
    expect(gridOf(made, view).rows[2]).toEqual({ labels: ['1'], coords: [[1, 2]] })
  })
})

describe('preflight', () => {
  const preflight = (made: Plan, options: Omit<Parameters<typeof preflightOf>[1], 'keys'>) =>
    preflightOf(made, { keys: [...planKeys(made)], ...options })
  const speed = { secondsPerStep: 0.1, secondsFixed: 1, perCutSeconds: 0.001, samples: 3, error: 0.2 }
  const speeds = new Map([['64×64', speed]])
  const devices = [{ memory: 8e9, batch: 1 }]

  it('counts what is reused, shared and still to render', () => {
    const made = plan(['range_scale 0, 150', 'eta 0, 0.5, 1'], { skip: ['eta == 1'] })
    const first = preflight(made, { known: new Set(), speeds, devices })
    expect(first).toMatchObject({ cells: 6, excluded: 2, reused: 0, shared: 2, toRender: 2, errorShare: 0.2 })
    // 25 steps at 0.1 s, 4 + 2 or 3 cuts at 1 ms, 1 s around it; twice.
    expect(first.seconds).toBeCloseTo(2 * (1 + 2.5 + (15 * 7 + 10 * 6) * 0.001), 6)
    expect(first.sheet.width).toBeGreaterThan(2 * 64)
  })

  it('is open about a missing measurement', () => {
    expect(preflight(plan(['eta 0, 1']), { known: new Set(), speeds: new Map(), devices })).toMatchObject({
      seconds: null,
      errorShare: null,
    })
  })

  it('says whether the largest cell fits a device, whole or in pieces', () => {
    const made = plan(['width_height 64x64, 512x512'], {
      recipe: { use_secondary_model: false, cut_overview: '[64]*1000' },
    })
    const fitOn = (...memory: number[]) =>
      preflight(made, {
        known: new Set(),
        speeds,
        devices: memory.map((bytes) => ({ memory: bytes, batch: 4 })),
      }).fit

    expect([fitOn(100e9), fitOn(16e9), fitOn(1e9), fitOn(1e9, 100e9), fitOn()]).toEqual([
      'whole',
      'parts',
      'no',
      'whole',
      null,
    ])
  })

  it('reckons the time at another size from the work there', () => {
    const seconds = (size: string) =>
      preflight(plan([`width_height ${size}`]), { known: new Set(), speeds, devices }).seconds!

    expect(seconds('128x128')).toBeGreaterThan(3 * seconds('64x64'))
  })

  it('gives advice in words at the ends of the axes', () => {
    const made = plan(['skip_steps 0..20 count 3'])
    const { advice } = preflight(made, { known: new Set(), speeds: new Map(), devices })
    expect(advice.map(({ says }) => says).join(' ')).toMatch(
      /skip_steps leaves out 80 % of the steps without a start image/,
    )
  })
})

import { describe, expect, it } from 'vitest'
import { spacing } from '#study'
import { type DdimOptions, ddim } from './ddim.ts'
import { plms } from './plms.ts'
import { mirror, symmetrySteps } from './symmetry.ts'
import { diffusionTables } from './tables.ts'

const tables = diffusionTables(spacing(250))
const start = Float32Array.from({ length: 12 }, (_, k) => -1 + (2 * k) / 11)

/** The networks of the recorded vectors: eps = 0.1 x + 0.0005 tau, guidance 0.01 x - 0.002, noise 0.5. */
const recorded: DdimOptions = {
  tables,
  x: start,
  from: 120,
  eta: 0.8,
  limitEta: false,
  clip_denoised: false,
  epsilon: async (x, i) => x.map((v) => 0.1 * v + 0.0005 * tables.taus[i]!),
  guide: async (x) => x.map((v) => 0.01 * v - 0.002),
  noise: () => new Float32Array(12).fill(0.5),
}

async function firstStep(options: DdimOptions) {
  const { value } = await ddim(options).next()

  return value!
}

function expectClose(values: Float32Array, expected: number[], within = 2e-6) {
  expected.forEach((value, k) => {
    expect(Math.abs(values[k]! - value)).toBeLessThan(within)
  })
}

describe('DDIM', () => {
  it('gives the recorded step at i = 120', async () => {
    const step = await firstStep(recorded)

    expect(tables.taus[120]).toBe(480)
    expectClose(step.x0, [-3.679109573, -3.144965887, -2.610822201])
    expectClose(step.x, [-0.946816325, -0.761994004, -0.577171504])
  })

  it('gives the recorded last step, whose picture is the unguided estimate', async () => {
    const step = await firstStep({ ...recorded, from: 0 })

    expectClose(step.x, [-0.999051094, -0.817405522, -0.63575983])
    expectClose(step.x0, [-0.999049902, -0.817404509, -0.635758996])
  })

  it('clamps the estimate with clip_denoised', async () => {
    const { x0 } = await firstStep({ ...recorded, clip_denoised: true })

    expectClose(x0, [-1, -1, -1])
  })

  it('turns to NaN beyond the largest eta, unless eta is limited', async () => {
    const free = await firstStep({ ...recorded, from: 1, eta: 1.2 })
    const limited = await firstStep({ ...recorded, from: 1, eta: 1.2, limitEta: true })

    expect(free.x.every(Number.isNaN)).toBe(true)
    expect(limited.x.every(Number.isFinite)).toBe(true)
  })

  it('executes every index down to 0', async () => {
    const seen: number[] = []

    for await (const { i } of ddim({ ...recorded, from: 5 })) seen.push(i)

    expect(seen).toEqual([5, 4, 3, 2, 1, 0])
  })
})

describe('PLMS', () => {
  it('gives the recorded first two steps: one look ahead, then the score of the step before', async () => {
    const looks: [number, number, number][] = []
    const run = plms({
      ...recorded,
      before: null,
      async guide(x, epsilon, i, current) {
        looks.push([tables.taus[i]!, i, current])

        return recorded.guide(x, epsilon, i, current)
      },
    })
    const [first, second] = [(await run.next()).value!, (await run.next()).value!]

    expectClose(first.x, [-1.022617221, -0.83758688, -0.6525563])
    expectClose(second.x, [-1.045406222, -0.857135057, -0.668863595])
    expect(looks).toEqual([
      [480, 120, 120],
      [476, 119, 120],
      [476, 119, 119],
    ])
  })

  it('goes on from the score of the step before with the same bits', async () => {
    const run = plms({ ...recorded, before: null })
    const [first, second] = [(await run.next()).value!, (await run.next()).value!]
    const resumed = plms({ ...recorded, x: first.x, from: 119, before: first.score! })

    expect((await resumed.next()).value!.x).toEqual(second.x)
  })

  it('ends in the guided estimate, also where the only step is the first', async () => {
    const last = (await plms({ ...recorded, from: 0, before: null }).next()).value!

    expectClose(last.x, [-0.999051094, -0.817405522, -0.63575983])
    expectClose(last.x0, [-0.999049902, -0.817404509, -0.635758996])
  })
})

describe('symmetry', () => {
  const symmetry = {
    use_horizontal_symmetry: true,
    use_vertical_symmetry: false,
    transformation_percent: [0.09, 0],
  }

  it('acts at int(n·(1 - p)), and never for p = 0', () => {
    expect([...symmetrySteps(symmetry, 240)]).toEqual([218, 240])
  })

  it('mirrors the left half to the right, then the upper half down', () => {
    const x = Float32Array.from({ length: 48 }, (_, k) => k)

    expect(Array.from(mirror(x, [4, 4], symmetry).subarray(0, 8))).toEqual([0, 1, 1, 0, 4, 5, 5, 4])
    expect(
      Array.from(mirror(x, [4, 4], { ...symmetry, use_vertical_symmetry: true }).subarray(8, 16)),
    ).toEqual([4, 5, 5, 4, 0, 1, 1, 0])
  })
})

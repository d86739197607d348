import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRecipe, type RecipePatch } from '#study'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { tinyPack } from '../testing/parity-case.ts'
import { createEngine } from './engine.ts'

const folder = join(import.meta.dirname, '../testing/reference')
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))

/** Some values of a tensor, and where they stand in it. */
interface Looked {
  at: number[]
  values: number[]
}

/** What was drawn up to the end of a step; of the first two and the last also what came of it. */
interface RecordedStep {
  rng_after: number[]
  seen?: { clip_losses: number[]; grad: Looked; x0: Looked }
}

interface Recorded {
  target_embeds: Looked[]
  runs: RecordedStep[][]
}

const { base, cases } = read('cases.json') as { base: RecipePatch; cases: Record<string, RecipePatch> }
const recorded = read('recorded.json') as Record<string, Recorded>

/**
 * How far values may drift apart. Augmentations, ReLUs and lengths near 0 have gradients that jump, so there a rounding
 * sooner or later moves a pixel; see the tolerances of the parity data.
 */
const driftOf = ({ skip_augs, RN50, perlin_init, init_image }: RecipePatch) =>
  skip_augs && !RN50 && !perlin_init && !init_image ? 1e-3 : 0.03

/** What no recorded run of the notebook touches, against a separate reading of its rules in PyTorch. */
describe('a still by the rules of Disco Diffusion', () => {
  const engine = createEngine({ device: 'cpu', threads: 1 })
  let pack: Pack

  beforeAll(async () => {
    pack = await loadPack(tinyPack)
  })
  afterAll(() => engine.release())

  async function traced(patch: RecipePatch) {
    const trace = new Map<string, ArrayLike<number>>()
    const { recipe, problems } = checkRecipe({ ...patch, noise: 'torch' }, packInfo(pack))
    expect(problems).toEqual([])
    const run = engine.render(recipe!, pack, {
      trace: { write: (name, _shape, data) => trace.set(name, data) },
      picture: async (file) => readFileSync(join(folder, '../parity/inputs', file)),
      previewEvery: 0,
    })
    while (!(await run.next()).done);

    return trace
  }

  it.each(Object.keys(cases))('%s', async (name) => {
    const patch = { ...base, ...cases[name] }
    const drift = driftOf(patch)
    const trace = await traced(patch)
    const worst = (tensor: string, { at, values }: Looked) =>
      at.reduce((most, place, k) => Math.max(most, Math.abs(trace.get(tensor)![place]! - values[k]!)), 0)

    recorded[name]!.target_embeds.forEach((looked, m) => {
      expect(worst(`target_embeds/${m}`, looked)).toBeLessThan(1e-4)
    })
    recorded[name]!.runs.forEach((steps, r) => {
      const drawn = steps.map((_, j) => Array.from(trace.get(`${r}/rng_after/${j}`)!))
      expect(drawn).toEqual(steps.map(({ rng_after }) => rng_after))

      steps.forEach(({ seen }, j) => {
        if (!seen) return
        const isFirst = r === 0 && j === 0
        expect(worst(`${r}/x0/${j}`, seen.x0)).toBeLessThan(isFirst ? 5e-4 : drift)
        if (!isFirst) return

        const { clip_losses: losses, grad } = seen
        const size = Math.max(...grad.values.map(Math.abs), 1e-9)
        expect(trace.get('0/clip_losses/0')).toHaveLength(losses.length)
        expect(worst('0/clip_losses/0', { at: [...losses.keys()], values: losses })).toBeLessThan(1e-5)
        expect(worst('0/grad/0', grad) / size).toBeLessThan(drift)
      })
    })
  })
})

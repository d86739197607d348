import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Recipe } from '#study'
import type { Guidance } from '../guidance/index.ts'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { createNoise, TorchStream, torchNoise } from '../random/index.ts'
import { largestError, relativeError } from '../testing/numeric.ts'
import { type ParityCase, parityCase, tinyPack } from '../testing/parity-case.ts'
import { embedPrompts } from './embed-prompts.ts'
import { createEngine } from './engine.ts'
import type { RenderResult } from './events.ts'
import { type OpenPack, openPack } from './open-pack.ts'
import { sample } from './sampler-run.ts'

let pack: Pack
let open: OpenPack
const engine = createEngine({ device: 'cpu', threads: 1 })

beforeAll(async () => {
  pack = await loadPack(tinyPack)
  open = await openPack(pack, { device: 'cpu', threads: 1 })
})
afterAll(async () => {
  await engine.release()
  await open.networks.release()
})

const embedFrame = (recipe: Recipe, frame: number) =>
  embedPrompts({ recipe, open, pictures: new Map(), noise: createNoise({ mode: 'torch', seed: 1 }), frame })

describe.each([
  { id: '01-ddim-basic', restart: { run: 0, j: 10 }, grad: true, xNext: 1e-3 },
  { id: '02-augs-two-clips', restart: { run: 0, j: 10 }, grad: false, xNext: 5e-3 },
  { id: '13-2d', restart: { run: 2, j: 4 }, grad: false, xNext: 1e-3 },
  { id: '05-init-image', restart: { run: 0, j: 5 }, grad: false, xNext: 1e-3 },
])('$id repeats the original run', ({ id, restart, grad, xNext }) => {
  let recorded: ParityCase
  let result: RenderResult
  const trace = new Map<string, Float32Array | Int32Array>()
  const floats = (name: string) => trace.get(name) as Float32Array

  beforeAll(async () => {
    recorded = await parityCase(id, packInfo(pack))
    const sink = {
      write: (name: string, _shape: readonly number[], data: Float32Array | Int32Array) =>
        trace.set(name, data),
    }
    const run = engine.render(recorded.recipe, pack, { trace: sink, picture: recorded.picture })
    let next = await run.next()

    while (!next.done) next = await run.next()

    result = next.value
  })

  it('draws as often at every step', () => {
    for (const [r, { steps }] of recorded.runs.entries()) {
      const drawn = steps.map((_, j) => Array.from(trace.get(`${r}/rng_after/${j}`)!))

      expect(drawn).toEqual(steps.map((step) => step.rng_after))
    }
  })

  it('embeds the prompts alike', async () => {
    const clips = await embedFrame(recorded.recipe, 0)

    for (const m of clips.keys()) {
      const error = largestError(floats(`target_embeds/${m}`), await recorded.tensor(`target_embeds/${m}`))
      expect(error).toBeLessThan(recorded.limits.target_embeds_max_abs)
    }
  })

  it('has the first step of the original', async () => {
    const { limits, runs } = recorded
    const losses = Float32Array.from(runs[0]!.steps[0]!.clip_losses)

    expect(largestError(floats('0/x0/0'), await recorded.tensor('0/x0/0'))).toBeLessThan(
      limits.x0_first_max_abs,
    )
    expect(largestError(floats('0/clip_losses/0'), losses)).toBeLessThan(limits.clip_loss_first_step_abs)

    if (grad) {
      expect(largestError(floats('0/x_start'), await recorded.tensor('0/x_start'))).toBeLessThan(1e-5)
      expect(relativeError(floats('0/grad/0'), await recorded.tensor('0/grad/0'))).toBeLessThan(
        limits.restart_grad_rel_l2,
      )
    }
  })

  it('repeats a single step from its recorded state', async () => {
    const { recipe, runs, limits } = recorded
    const run = runs[restart.run]!
    const step = run.steps[restart.j]!
    const at = `${restart.run}/restart/${restart.j}`
    const { left, next, cached_normal } = step.restart_rng!
    const noise = torchNoise(
      TorchStream.from({
        words: await recorded.generatorWords(restart.run, restart.j),
        position: left === 1 ? 624 : next,
        cachedNormal: cached_normal.valid ? cached_normal.value : null,
      }),
    )
    const clips = await embedFrame(recipe, run.frame)
    let looks: readonly Guidance[] = []

    const steps = sample({
      recipe,
      open,
      noise,
      clips,
      skip_steps: run.skip_steps,
      init: floats(`${restart.run}/init`) ?? null,
      init_scale: run.init_scale,
      from: { next: step.i, x: await recorded.tensor(`${at}/x`), score: null },
      trace: {
        start() {},
        step(_j, _x0, guidance) {
          looks = guidance
        },
      },
      breathe() {},
    })
    const { state } = (await steps.next()).value!

    expect(relativeError(looks[0]!.gradient, await recorded.tensor(`${at}/grad`))).toBeLessThan(
      limits.restart_grad_rel_l2,
    )
    expect(largestError(state.x, await recorded.tensor(`${at}/x_next`))).toBeLessThan(xNext)
    expect(Array.from(noise.peek()!)).toEqual(step.rng_after)
  })

  it('ends in the same pictures', async () => {
    const { limits, runs, pngs } = recorded
    expect(result.images).toHaveLength(pngs.length)

    for (const [r, { steps }] of runs.entries()) {
      const name = `${r}/x0/${steps.length - 1}`
      const last = await recorded.tensor(name)
      const rms = Math.sqrt(floats(name).reduce((sum, v, k) => sum + (v - last[k]!) ** 2, 0) / last.length)
      const [ours, theirs] = await Promise.all(
        [result.images[r]!.png, pngs[r]!].map((png) => sharp(png).raw().toBuffer()),
      )
      const differences = Array.from(ours!, (v, k) => Math.abs(v - theirs![k]!))

      expect(rms).toBeLessThan(limits.x0_last_rms)
      expect(ours!.length).toBe(theirs!.length)
      expect(Math.max(...differences)).toBeLessThanOrEqual(limits.png_max)
      expect(differences.reduce((a, b) => a + b, 0) / differences.length).toBeLessThan(limits.png_mean)
    }
  })
})

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { spacing } from '#study'
import { createGuide, type Guidance } from '../guidance/index.ts'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { createNoise, TorchStream, torchNoise } from '../random/index.ts'
import { ddim, diffusionTables } from '../sampler/index.ts'
import { largestError, relativeError } from '../testing/numeric.ts'
import { type ParityCase, parityCase, tinyPack } from '../testing/parity-case.ts'
import { embedPrompts } from './embed-prompts.ts'
import { createEngine } from './engine.ts'
import type { RenderResult } from './events.ts'
import { type OpenPack, openPack } from './open-pack.ts'

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

describe.each([
  { id: '01-ddim-basic', restart: 10, grad: true, xNext: 1e-3 },
  { id: '02-augs-two-clips', restart: 10, grad: false, xNext: 5e-3 },
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
    const run = engine.render(recorded.recipe, pack, { trace: sink })
    let next = await run.next()

    while (!next.done) next = await run.next()

    result = next.value
  })

  it('draws as often at every step', () => {
    const drawn = recorded.steps.map((_, j) => Array.from(trace.get(`0/rng_after/${j}`)!))

    expect(drawn).toEqual(recorded.steps.map((step) => step.rng_after))
  })

  it('embeds the prompts alike', async () => {
    const clips = await embedPrompts(recorded.recipe, open, createNoise({ mode: 'torch', seed: 1 }))

    for (const m of clips.keys()) {
      const error = largestError(floats(`target_embeds/${m}`), await recorded.tensor(`target_embeds/${m}`))
      expect(error).toBeLessThan(recorded.limits.target_embeds_max_abs)
    }
  })

  it('has the first step of the original', async () => {
    const { limits, steps } = recorded
    const losses = Float32Array.from(steps[0]!.clip_losses)

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
    const { recipe, steps, limits } = recorded
    const at = `0/restart/${restart}`
    const { left, next, cached_normal } = steps[restart]!.restart_rng!
    const noise = torchNoise(
      TorchStream.from({
        words: await recorded.generatorWords(restart),
        position: left === 1 ? 624 : next,
        cachedNormal: cached_normal.valid ? cached_normal.value : null,
      }),
    )
    const tables = diffusionTables(spacing(recipe.steps))
    const size = recipe.width_height
    const clips = await embedPrompts(recipe, open, noise)
    const guide = createGuide({ recipe, networks: open.networks, clips, tables, size, noise })
    let guidance: Guidance | undefined
    const x = await recorded.tensor(`${at}/x`)

    const run = ddim({
      tables,
      x,
      from: steps[restart]!.i,
      eta: recipe.eta,
      limitEta: false,
      clip_denoised: recipe.clip_denoised,
      epsilon: (now, i) => open.networks.denoiser.epsilon(now, size, tables.taus[i]!, tables.abar[i]!),

      async guide(now, epsilon, i) {
        guidance = await guide(now, epsilon, i)

        return guidance.gradient
      },

      noise: () => noise.draws({ purpose: 'step' }).normal(x.length),
    })
    const step = (await run.next()).value!

    expect(relativeError(guidance!.gradient, await recorded.tensor(`${at}/grad`))).toBeLessThan(
      limits.restart_grad_rel_l2,
    )
    expect(largestError(step.x, await recorded.tensor(`${at}/x_next`))).toBeLessThan(xNext)
    expect(Array.from(noise.peek()!)).toEqual(steps[restart]!.rng_after)
  })

  it('ends in the same picture', async () => {
    const last = await recorded.tensor('0/x0/19')
    const x0 = floats('0/x0/19')
    const rms = Math.sqrt(x0.reduce((sum, v, k) => sum + (v - last[k]!) ** 2, 0) / last.length)
    const [ours, theirs] = await Promise.all(
      [result.images[0]!.png, recorded.png].map((png) => sharp(png).raw().toBuffer()),
    )
    const differences = Array.from(ours!, (v, k) => Math.abs(v - theirs![k]!))

    expect(rms).toBeLessThan(recorded.limits.x0_last_rms)
    expect(ours!.length).toBe(theirs!.length)
    expect(Math.max(...differences)).toBeLessThanOrEqual(recorded.limits.png_max)
    expect(differences.reduce((a, b) => a + b, 0) / differences.length).toBeLessThan(recorded.limits.png_mean)
  })
})

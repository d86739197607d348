import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeRecipe, type RecipePatch } from '#study'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { createEngine, type RenderEvent, type RenderOptions, type RenderResult } from '../render/index.ts'
import { tinyPack } from '../testing/parity-case.ts'

let pack: Pack
const engine = createEngine({ device: 'cpu', threads: 1 })

beforeAll(async () => {
  pack = await loadPack(tinyPack)
})
afterAll(() => engine.release())

const small: RecipePatch = {
  text_prompts: { '0': ['a red boat on a calm sea'] },
  width_height: [64, 64],
  steps: 6,
  skip_steps: 0,
  cutn_batches: 1,
  cut_overview: '[2]*1000',
  cut_innercut: '[1]*1000',
  RN50: false,
}

async function render(
  patch: RecipePatch,
  options: RenderOptions = {},
  onEvent?: (event: RenderEvent) => void,
): Promise<RenderResult> {
  const run = engine.render(completeRecipe({ ...small, ...patch }, packInfo(pack)), pack, options)

  for (;;) {
    const next = await run.next()

    if (next.done) return next.value

    onEvent?.(next.value)
  }
}

/** Largest difference of two pictures, in 8-bit levels. */
async function apart(a: RenderResult, b: RenderResult): Promise<number> {
  const [one, other] = await Promise.all([a, b].map(({ images }) => sharp(images[0]!.png).raw().toBuffer()))

  return one!.reduce((most, value, k) => Math.max(most, Math.abs(value - other![k]!)), 0)
}

describe('a batch', () => {
  const recipes: RecipePatch[] = [
    { seed: 1 },
    { seed: 2, steps: 9, clip_guidance_scale: 20_000 },
    { seed: 3, steps: 4, use_secondary_model: false },
    { seed: 4, use_secondary_model: false, noise: 'torch' },
    { seed: 5, diffusion_sampling_mode: 'plms' },
  ]

  it('gives every recipe its solo picture, within one level', async () => {
    const solo: RenderResult[] = []
    for (const recipe of recipes) solo.push(await render(recipe))
    const joint = await Promise.all(recipes.map((recipe) => render(recipe)))

    for (const [k, result] of joint.entries()) expect(await apart(result, solo[k]!)).toBeLessThanOrEqual(1)
  })

  it('is joined and left between steps; a checkpoint of one goes on alone', async () => {
    const [first, second] = recipes as [RecipePatch, RecipePatch]
    const [whole, alone] = [await render(second), await render(first)]
    const stop = new AbortController()
    let checkpoint: (() => Uint8Array) | undefined
    let joined: Promise<RenderResult> | undefined
    const left = render(second, { signal: stop.signal }, (event) => {
      checkpoint = event.checkpoint
      if (event.step === 2) joined = render(first)
      if (event.step === 5) stop.abort()
    })

    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    expect(await apart((await joined)!, alone)).toBeLessThanOrEqual(1)
    expect(await apart(await render(second, { resumeFrom: checkpoint!() }), whole)).toBeLessThanOrEqual(1)
  })

  it('of one is bit for bit a render alone, after batches of several too', async () => {
    const before = await render(recipes[0]!)
    await Promise.all([render(recipes[0]!), render(recipes[1]!)])

    expect((await render(recipes[0]!)).images[0]!.png).toEqual(before.images[0]!.png)
  })

  it('does not wait for a render whose events are not read any more', async () => {
    const abandoned = engine.render(completeRecipe({ ...small, seed: 8 }, packInfo(pack)), pack)
    await abandoned.next()

    expect((await render({ seed: 9 })).images).toHaveLength(1)
    await abandoned.return(undefined as never)
  })
})

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecipePatch } from '#study'
import { largestError } from '../testing/numeric.ts'
import { openTinyEngine, type TinyEngine } from '../testing/tiny-engine.ts'

let tiny: TinyEngine
let boat: Uint8Array

beforeAll(async () => {
  tiny = await openTinyEngine()
  boat = await readFile(join(import.meta.dirname, '../testing/parity/inputs/init.png'))
})
afterAll(() => tiny.release())

const files: Record<string, () => Promise<Uint8Array>> = {
  'boat.png': async () => boat,
  'same.png': async () => boat,
  'flop.png': async () => sharp(boat).flop().png().toBuffer(),
  'notes.txt': async () => new TextEncoder().encode('eta is nice'),
}
const picture = (name: string) => files[name]!()

const short: RecipePatch = { steps: 4, skip_steps: 2, init_scale: 50 }
const base64 = async (patch: RecipePatch) =>
  Buffer.from((await tiny.render({ ...short, ...patch }, { picture })).images[0]!.png).toString('base64')

/** What a render of the patch wrote into its trace, by name. */
async function traced(patch: RecipePatch): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>()
  const trace = {
    write(name: string, _shape: readonly number[], data: Float32Array | Int32Array) {
      found.set(name, data as Float32Array)
    },
  }
  await tiny.render({ ...short, ...patch }, { picture, trace })

  return found
}

describe('a start image', () => {
  it('is held on to by init_scale, and started from', async () => {
    const pictures = await Promise.all(
      [
        {},
        { init_image: 'boat.png' },
        { init_image: 'flop.png' },
        { init_image: 'boat.png', init_scale: 0 },
        { init_image: 'boat.png', skip_steps: 0 },
      ].map(base64),
    )

    expect(new Set(pictures).size).toBe(5)
    expect(await base64({ init_image: 'same.png' })).toBe(pictures[1])
  })

  it('is what the whole start is made of, however few steps are skipped', async () => {
    const trace = await traced({ init_image: 'boat.png', skip_steps: 3 })
    const init = trace.get('0/init')!

    expect(init).toHaveLength(3 * 64 * 64)
    expect(largestError(trace.get('0/x_start')!, init)).toBeLessThan(0.6)
    expect((await traced({})).has('0/init')).toBe(false)
  })

  it('gives way to perlin_init, which is drawn anew for every picture of one stream', async () => {
    const clouds = { perlin_init: true, perlin_mode: 'gray' } as const
    const trace = await traced({ ...clouds, noise: 'torch', n_batches: 2 })

    expect(largestError(trace.get('0/init')!, trace.get('1/init')!)).toBeGreaterThan(0.1)
    expect(await base64({ ...clouds, init_image: 'notes.txt' })).toBe(await base64(clouds))
  })

  it.each([
    ['perlin_init', { noise: 'torch', perlin_init: true, perlin_mode: 'gray' }],
    [
      'init_image and image_prompts',
      { noise: 'torch', init_image: 'boat.png', image_prompts: { '0': ['flop.png'] } },
    ],
    [
      'init_image and image_prompts',
      { noise: 'paired', init_image: 'boat.png', image_prompts: { '0': ['flop.png'] } },
    ],
  ] satisfies [string, RecipePatch][])(
    'goes on from a checkpoint with the same bits: %s, %j',
    async (_, patch) => {
      const recipe = { ...short, ...patch }
      let checkpoint: (() => Uint8Array) | undefined
      const whole = await tiny.render(recipe, { picture }, (event) => {
        checkpoint ??= event.checkpoint
      })
      const resumed = await tiny.render(recipe, { picture, resumeFrom: checkpoint!() })

      expect(resumed.images).toEqual(whole.images)
    },
  )

  it('does not go on where its file now holds another picture', async () => {
    let checkpoint: (() => Uint8Array) | undefined
    await tiny.render({ ...short, init_image: 'boat.png' }, { picture }, (event) => {
      checkpoint ??= event.checkpoint
    })
    const changed = { picture: files['flop.png']!, resumeFrom: checkpoint!() }

    await expect(tiny.render({ ...short, init_image: 'boat.png' }, changed)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('is refused in one sentence when it is no picture', async () => {
    await expect(base64({ init_image: 'notes.txt' })).rejects.toThrow(
      'init_image "notes.txt" is no picture in a format that can be read; give a PNG, JPEG, WebP, GIF, TIFF or AVIF.',
    )
  })
})

describe('image prompts', () => {
  it('share their weight among 16 cuts, behind the texts', async () => {
    const trace = await traced({ image_prompts: { '0': ['boat.png:2', 'flop.png'] } })

    expect(trace.get('target_embeds/0')).toHaveLength((2 + 16 + 16) * 64)
  })

  it('can stand alone, and steer', async () => {
    const alone: RecipePatch = { text_prompts: { '0': [] } }
    const patches: RecipePatch[] = [
      { ...alone, image_prompts: { '0': ['boat.png'] } },
      { ...alone, image_prompts: { '0': ['boat.png:-1'] } },
      { ...alone, image_prompts: { '0': ['flop.png'] } },
      { ...alone, behaviour: 'corrected', image_prompts: { '0': ['boat.png'] } },
    ]
    const pictures = await Promise.all(patches.map(base64))

    expect(new Set(pictures).size).toBe(4)
  })

  it('are copied with their weights by fuzzy_prompt in corrected, and refused with it in Disco Diffusion', async () => {
    const patch: RecipePatch = { fuzzy_prompt: true, image_prompts: { '0': ['boat.png'] } }
    const trace = await traced({ ...patch, behaviour: 'corrected' })

    expect(trace.get('target_embeds/0')).toHaveLength((2 * 25 + 16 * 25) * 64)
    await expect(base64(patch)).rejects.toThrow(/^image_prompts cannot be used with fuzzy_prompt/)
  })
})

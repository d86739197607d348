import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecipePatch } from '#study'
import { openTinyEngine, type TinyEngine } from '../testing/tiny-engine.ts'
import { createTrace } from './trace.ts'

let tiny: TinyEngine

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  tiny = await openTinyEngine()
})
afterAll(() => tiny.release())

const short: RecipePatch = { steps: 4, skip_steps: 1, fuzzy_prompt: true }
const pictures = async (patch: RecipePatch) =>
  (await tiny.render({ ...short, ...patch })).images.map(({ png }) => hashOf(png))

describe('n_batches', () => {
  it.each([
    { noise: 'torch', behaviour: 'corrected' },
    { noise: 'paired', behaviour: 'disco-5.6' },
    { noise: 'paired', behaviour: 'corrected' },
  ] as const)('makes the pictures of the following seeds ($noise, $behaviour)', async (modes) => {
    const together = await pictures({ ...modes, n_batches: 3, seed: 4_294_967_294 })
    const alone: string[] = []
    // One after the other: side by side they would be stepped as one batch, which may change the last bits.
    for (const seed of [4_294_967_294, 4_294_967_295, 0]) alone.push(...(await pictures({ ...modes, seed })))

    expect(together).toEqual(alone)
  })

  it('goes on with one stream where Disco Diffusion does: the first picture alone has its seed', async () => {
    const modes = { noise: 'torch', behaviour: 'disco-5.6' } as const
    const [first, second] = await pictures({ ...modes, n_batches: 2 })

    expect([first]).toEqual(await pictures(modes))
    expect([second]).not.toEqual(await pictures({ ...modes, seed: 43 }))
    expect(second).not.toBe(first)
  })

  it('traces every picture as a run of its own, in one stream of draws', async () => {
    const names: string[] = []
    const draws = new Map<string, number[]>()
    const trace = {
      write(name: string, _shape: readonly number[], data: Float32Array | Int32Array) {
        names.push(name)
        if (name.includes('rng_after')) draws.set(name, [...data])
      },
    }
    await tiny.render({ ...short, noise: 'torch', behaviour: 'disco-5.2', n_batches: 2 }, { trace })

    expect(names.filter((name) => name.startsWith('target_embeds'))).toEqual(['target_embeds/0'])
    expect(names.filter((name) => name.endsWith('x_start'))).toEqual(['0/x_start', '1/x_start'])
    expect(names).toContain('1/clip_losses/2')
    expect(new Set([...draws.values()].map(String)).size).toBe(6)
  })

  it('tells which picture a step belongs to, and hands each over when it is finished', async () => {
    const seen: [number, number, boolean][] = []
    const result = await tiny.render({ ...short, n_batches: 2 }, {}, ({ run, step, of, runs, image }) => {
      expect([of, runs]).toEqual([6, 2])
      seen.push([run, step, image !== undefined])
    })

    expect(seen).toEqual([
      [0, 1, false],
      [0, 2, false],
      [0, 3, true],
      [1, 4, false],
      [1, 5, false],
      [1, 6, true],
    ])
    expect(result.images).toHaveLength(2)
  })
})

describe('a trace of PLMS', () => {
  it('has the losses of both looks of the first step, and no draws for noise', async () => {
    const shapes = new Map<string, readonly number[]>()
    const trace = createTrace()
    const sink = {
      write(name: string, shape: readonly number[], data: Float32Array | Int32Array) {
        shapes.set(name, shape)
        trace.write(name, shape, data)
      },
    }
    await tiny.render({ ...short, diffusion_sampling_mode: 'plms' }, { trace: sink })

    expect(shapes.get('0/clip_losses/0')).toEqual([2])
    expect(shapes.get('0/clip_losses/1')).toEqual([1])
    expect(shapes.get('0/grad/0')).toEqual([1, 3, 64, 64])
  })
})

describe('intermediate_saves', () => {
  it('are made at their steps when they are wanted, in the bytes that preview and picture have', async () => {
    const saved: [number, number][] = []
    const patch = { ...short, intermediate_saves: [0, 2], n_batches: 2 }
    const { images } = await tiny.render(patch, { intermediates: true }, ({ run, intermediate, image }) => {
      if (intermediate) saved.push([run, intermediate.j])
      if (intermediate?.j === 2) expect(intermediate.png).toEqual(image!.png)
    })

    expect(saved).toEqual([
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 2],
    ])
    expect(images).toHaveLength(2)
  })
})

describe('previews', () => {
  it('come at display_rate, first and last step included, unless told otherwise', async () => {
    const shown = async (display_rate: number, previewEvery?: number) => {
      const steps: number[] = []
      await tiny.render({ steps: 6, skip_steps: 0, display_rate }, { previewEvery }, ({ step, preview }) => {
        if (preview) steps.push(step)
      })

      return steps
    }

    expect(await shown(2)).toEqual([1, 3, 5, 6])
    expect(await shown(20)).toEqual([1, 6])
    expect(await shown(2, 0)).toEqual([])
  })
})

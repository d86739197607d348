import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TeststripError } from '#study'
import { openTinyEngine, type TinyEngine } from '../testing/tiny-engine.ts'
import { readTensor, readWeights } from '../weights/index.ts'
import type { RenderEvent } from './events.ts'
import { createTrace } from './trace.ts'

let tiny: TinyEngine
const render: TinyEngine['render'] = (...call) => tiny.render(...call)

beforeAll(async () => {
  tiny = await openTinyEngine()
})
afterAll(() => tiny.release())

describe('a render', () => {
  it('tells of every step and ends in a picture with its figures', async () => {
    const events: RenderEvent[] = []
    const result = await render({}, { previewEvery: 3 }, (event) => events.push(event))
    const [image] = result.images
    const png = await sharp(image!.png).metadata()
    const preview = await sharp(events[3]!.preview!).metadata()

    expect(events.map(({ step, of }) => [step, of])).toEqual([1, 2, 3, 4, 5, 6, 7].map((step) => [step, 7]))
    expect(events.map((event) => event.preview !== undefined)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ])
    expect([png.format, png.width, png.height, preview.format, preview.width]).toEqual([
      'png',
      64,
      64,
      'webp',
      64,
    ])
    expect(Math.abs(result.metrics.clipSimilarity!)).toBeLessThan(1)
    expect(result.metrics.promptSimilarities[0]).toBeCloseTo(result.metrics.clipSimilarity!, 12)
    expect(result.speed.secondsPerStep).toBeGreaterThan(0)
    expect(result.speed.perCutSeconds).toBeGreaterThan(0)
    expect(result.seconds.total).toBeGreaterThan(7 * result.seconds.perStep)
  })

  it('gives the same bytes every time, in either noise', async () => {
    for (const noise of ['paired', 'torch'] as const) {
      expect((await render({ noise })).images[0]!.png).toEqual((await render({ noise })).images[0]!.png)
    }
  })

  it('differs between seeds, noises and behaviours with weights in the words', async () => {
    const pictures = await Promise.all([
      render(),
      render({ seed: 43 }),
      render({ noise: 'torch' }),
      render({ behaviour: 'corrected' }),
    ])
    const bytes = pictures.map(({ images }) => Buffer.from(images[0]!.png).toString('base64'))

    expect(new Set(bytes).size).toBe(4)
  })

  it('refuses a checkpoint of another picture, and bytes that are none', async () => {
    let checkpoint: (() => Uint8Array) | undefined
    await render({}, { checkpointEvery: 4 }, (event) => {
      checkpoint ??= event.checkpoint
      expect(event.checkpoint !== undefined).toBe(event.step === 4)
    })

    await expect(render({ eta: 0.1 }, { resumeFrom: checkpoint!() })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(render({}, { resumeFrom: new Uint8Array(99) })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stops when cancelled, with the last checkpoint still good', async () => {
    const stop = new AbortController()
    let checkpoint: (() => Uint8Array) | undefined
    const cancelled = render({}, { signal: stop.signal }, (event) => {
      checkpoint = event.checkpoint

      if (event.step === 3) stop.abort()
    })

    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect((await render({}, { resumeFrom: checkpoint!() })).images).toEqual((await render()).images)
  })

  it('refuses what does not act yet, in a sentence with the parameter', async () => {
    await expect(render({ animation_mode: '3D' })).rejects.toThrow(TeststripError)
    await expect(render({ animation_mode: '3D' })).rejects.toThrow(/animation_mode 3D/)
  })

  it('refuses an eta that would turn the picture into NaN, and limits it in corrected', async () => {
    await expect(render({ eta: 3 })).rejects.toThrow(/eta 3 .* too large/)
    expect((await render({ eta: 3, behaviour: 'corrected' })).images).toHaveLength(1)
  })

  it('names the guidance that nothing limits when that turned the picture into NaN', async () => {
    await expect(render({ clip_guidance_scale: 1e30, clamp_grad: false })).rejects.toThrow(
      /clamp_grad is false, .* lower clip_guidance_scale/,
    )
  })

  it('works without the secondary model', async () => {
    const alone = await render({ use_secondary_model: false })

    expect(alone.images[0]!.png).not.toEqual((await render()).images[0]!.png)
  })

  it('keeps noise and cuts when clip_guidance_scale changes (paired)', async () => {
    const firstLosses = async (clip_guidance_scale: number) => {
      const losses: Float32Array[] = []
      const trace = {
        write: (name: string, _shape: readonly number[], data: Float32Array | Int32Array) => {
          if (name === '0/x_start' || name === '0/clip_losses/0') losses.push(data as Float32Array)
        },
      }
      await render({ clip_guidance_scale }, { trace })

      return losses
    }

    expect(await firstLosses(100)).toEqual(await firstLosses(20_000))
  })

  it('writes its trace as safetensors', async () => {
    const trace = createTrace()
    await render({ noise: 'torch' }, { trace })
    const folder = await mkdtemp(join(tmpdir(), 'teststrip-trace-'))

    try {
      const path = join(folder, 'trace.safetensors')
      await writeFile(path, trace.toSafetensors())
      const file = await readWeights(path)

      expect(file.tensors.get('target_embeds/0')?.shape).toEqual([2, 64])
      expect(file.tensors.get('0/x0/6')?.shape).toEqual([1, 3, 64, 64])
      expect(file.tensors.get('0/rng_after/6')?.type).toBe('I32')
      expect(await readTensor(file, '0/clip_losses/0')).toHaveLength(1)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

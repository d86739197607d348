import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeRecipe, framesOf, type RecipePatch } from '#study'
import { decodePng, encodePng } from '../image/index.ts'
import { loadPack, type Pack, packInfo } from '../pack/index.ts'
import { createEngine } from '../render/engine.ts'
import type { RenderEvent, RenderedImage, RenderOptions, RenderResult } from '../render/events.ts'
import { tinyPack } from '../testing/parity-case.ts'
import { camera2d } from './camera-2d.ts'
import { warp2d } from './warp-2d.ts'

let pack: Pack
const engine = createEngine({ device: 'cpu', threads: 1 })

beforeAll(async () => {
  pack = await loadPack(tinyPack)
})
afterAll(() => engine.release())

const size: [number, number] = [128, 64]
const walk: RecipePatch = {
  animation_mode: '2D',
  max_frames: 3,
  angle: '0: (3)',
  zoom: '0: (1.1)',
  translation_x: '0: (0), 2: (6)',
  translation_y: '0: (-2.5)',
  frames_scale: 30,
  frames_skip_steps: '60%',
  text_prompts: { '0': ['a red boat on a calm sea'], '2': ['a green forest', 'fog:-0.5'] },
  width_height: size,
  steps: 4,
  skip_steps: 1,
  cutn_batches: 1,
  cut_overview: '[2]*1000',
  cut_innercut: '[2]*1000',
  skip_augs: true,
  ViTB32: true,
  RN50: false,
  seed: 42,
}

async function render(
  patch: RecipePatch,
  options: RenderOptions = {},
  onEvent?: (event: RenderEvent) => void,
): Promise<RenderResult> {
  const run = engine.render(completeRecipe({ ...walk, ...patch }, packInfo(pack)), pack, options)

  for (;;) {
    const next = await run.next()

    if (next.done) return next.value

    onEvent?.(next.value)
  }
}

const same = (a: readonly RenderedImage[], b: readonly RenderedImage[]) =>
  a.map(({ png }, k) => Buffer.compare(png, b[k]!.png) === 0)

describe('a 2D animation', () => {
  it('has a picture per frame, each told of as it is finished', async () => {
    const events: RenderEvent[] = []
    const { images } = await render({}, {}, (event) => events.push(event))

    expect(images).toHaveLength(3)
    expect(
      same(
        events.flatMap(({ image }) => image ?? []),
        images,
      ),
    ).toEqual([true, true, true])
    // 4 − 1 steps of the first frame, 4 − ⌊60 % of 4⌋ of each other
    expect(events.map(({ step, of, run, runs }) => [step, of, run, runs])).toEqual(
      [0, 0, 0, 1, 1, 2, 2].map((run, k) => [k + 1, 7, run, 3]),
    )
  })

  it.each(['paired', 'torch'] as const)(
    'makes every frame as a still would from the last one, moved (%s)',
    async (noise) => {
      const recipe = completeRecipe({ ...walk, noise }, packInfo(pack))
      const { images } = await render({ noise })

      for (const [index, { move, seed, skip_steps, init_scale }] of framesOf(recipe).entries()) {
        const start = move && warp2d(await decodePng(images[index - 1]!.png), size, camera2d(move, size))
        const png = start && (await encodePng(start, size))
        const still = await render(
          {
            animation_mode: 'None',
            text_prompts: { '0': walk.text_prompts![index === 2 ? '2' : '0']! },
            init_image: png && 'moved.png',
            ...{ noise, seed, skip_steps, init_scale },
          },
          { picture: async () => png! },
        )

        expect(seed).toBe(42 + index)
        expect(Buffer.compare(still.images[0]!.png, images[index]!.png)).toBe(0)
      }
    },
  )

  it.each(['paired', 'torch'] as const)(
    'goes on from every checkpoint with the same bytes (%s)',
    async (noise) => {
      const patch = {
        noise,
        fuzzy_prompt: true,
        skip_augs: false,
        max_frames: 2,
        width_height: [64, 64] as [number, number],
      }
      const checkpoints: (() => Uint8Array)[] = []
      const whole = await render(patch, {}, ({ checkpoint }) => checkpoint && checkpoints.push(checkpoint))

      expect(checkpoints).toHaveLength(4)
      for (const [k, checkpoint] of checkpoints.entries()) {
        const { images } = await render(patch, { resumeFrom: checkpoint() })

        expect(same(images, whole.images), `from step ${k + 1}`).toEqual([true, true])
      }
    },
  )

  it('draws new clouds for every frame where perlin_init takes the place of the moved frame', async () => {
    const { images } = await render({
      width_height: [64, 64],
      perlin_init: true,
      max_frames: 2,
      zoom: '0: (1)',
    })
    const other = await render({ width_height: [64, 64], perlin_init: true, max_frames: 2, zoom: '0: (1.5)' })

    expect(same([images[0]!], [images[1]!])).toEqual([false])
    expect(same(other.images, images)).toEqual([true, true])
  })

  it('augments the cuts in its own way, with wilder hues than a still', async () => {
    const still = await render({ animation_mode: 'None', skip_augs: false })
    const first = await render({ max_frames: 1, skip_augs: false })

    expect(same(first.images, still.images)).toEqual([false])
  })
})

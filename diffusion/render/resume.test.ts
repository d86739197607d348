import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecipePatch } from '#study'
import { openTinyEngine, type TinyEngine } from '../testing/tiny-engine.ts'
import type { RenderResult } from './events.ts'

let tiny: TinyEngine

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  tiny = await openTinyEngine()
})
afterAll(() => tiny.release())

const bytes = ({ images }: RenderResult) => images.map(({ png }) => hashOf(png))

/** Two pictures of three steps each, with every kind of draw. */
const twoPictures: RecipePatch = {
  steps: 5,
  skip_steps: 2,
  n_batches: 2,
  cut_overview: '[1]*1000',
  cut_innercut: '[1]*1000',
  fuzzy_prompt: true,
}

describe.each(['ddim', 'plms'] as const)('%s', (diffusion_sampling_mode) => {
  it.each([
    { noise: 'paired', behaviour: 'disco-5.6' },
    { noise: 'torch', behaviour: 'disco-5.6' },
    { noise: 'torch', behaviour: 'corrected' },
  ] as const)('continues from every step with the same bits ($noise, $behaviour)', async (modes) => {
    const patch = { ...twoPictures, ...modes, diffusion_sampling_mode }
    const checkpoints: (() => Uint8Array)[] = []
    const whole = await tiny.render(patch, {}, ({ checkpoint }) => {
      if (checkpoint) checkpoints.push(checkpoint)
    })
    expect(checkpoints).toHaveLength(5)

    for (const [k, checkpoint] of checkpoints.entries()) {
      const steps: number[] = []
      const resumed = await tiny.render(patch, { resumeFrom: checkpoint() }, ({ step }) => steps.push(step))

      expect(steps[0]).toBe(k + 2)
      expect(steps.at(-1)).toBe(6)
      expect(bytes(resumed)).toEqual(bytes(whole))
      expect(resumed.metrics).toEqual(whole.metrics)
    }
  })
})

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadPack, packInfo } from '#diffusion'
import { completeRecipe, type PackInfo, type RecipePatch } from '#study'
import { createLog } from '../log.ts'
import { type RenderEnding, Renderer } from './renderer.ts'

const folder = join(import.meta.dirname, '../../diffusion/testing/parity/packs/tiny-std')
const never = new AbortController().signal
const renderer = new Renderer({ device: 'cpu', threads: 1, log: createLog({ level: 'error' }) })
let info: PackInfo

beforeAll(async () => {
  info = packInfo(await loadPack(folder))
})

afterAll(() => renderer.close())

interface Told {
  steps: number[]
  previews: Uint8Array[]
}

async function render(
  patch: RecipePatch,
  options: {
    signal?: AbortSignal
    resumeFrom?: Uint8Array
    hash?: string
    onStep?: (step: number) => void
  } = {},
): Promise<{ ending: RenderEnding; told: Told }> {
  const recipe = completeRecipe(
    {
      text_prompts: { '0': ['a lighthouse'] },
      width_height: [64, 64],
      skip_steps: 0,
      RN50: false,
      cutn_batches: 1,
      cut_overview: '[1]*1000',
      cut_innercut: '[1]*1000',
      ...patch,
    },
    info,
  )
  const told: Told = { steps: [], previews: [] }
  const ending = await renderer.render(
    { recipe, pack: { folder, hash: options.hash ?? info.hash }, resumeFrom: options.resumeFrom },
    {
      onProgress: ({ step, preview }) => {
        told.steps.push(step)
        if (preview) told.previews.push(preview)
        options.onStep?.(step)
      },
      onCheckpoint: () => undefined,
    },
    options.signal ?? never,
  )

  return { ending, told }
}

const shaOf = (ending: RenderEnding): string => {
  if (ending.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(ending)}`)

  return createHash('sha256').update(ending.images[0]!.png).digest('hex')
}

test('tells every step and ends with a PNG of the size asked for', async () => {
  const { ending, told } = await render({ steps: 6 })
  expect(told.steps).toEqual([1, 2, 3, 4, 5, 6])
  expect(Buffer.from(told.previews[0]!).subarray(8, 12).toString()).toBe('WEBP')
  expect(ending).toMatchObject({
    outcome: 'done',
    images: [{ width: 64, height: 64 }],
    metrics: { clipSimilarity: expect.any(Number) },
  })
})

test('stopped and gone on from its checkpoint it makes the same bytes', async () => {
  const whole = await render({ steps: 12, eta: 0.5 })
  const stop = new AbortController()
  const stopped = await render(
    { steps: 12, eta: 0.5 },
    { signal: stop.signal, onStep: (step) => step === 5 && stop.abort() },
  )
  if (stopped.ending.outcome !== 'stopped') throw new Error('not stopped')
  expect(stopped.ending.checkpoint!.step).toBeGreaterThanOrEqual(5)

  const rest = await render({ steps: 12, eta: 0.5 }, { resumeFrom: stopped.ending.checkpoint!.bytes })
  expect(rest.told.steps[0]).toBe(stopped.ending.checkpoint!.step + 1)
  expect(shaOf(rest.ending)).toBe(shaOf(whole.ending))

  const other = await render({ steps: 6, seed: 3 })
  const mistaken = await render({ steps: 6, seed: 3 }, { resumeFrom: stopped.ending.checkpoint!.bytes })
  expect(shaOf(mistaken.ending)).toBe(shaOf(other.ending))
})

test('a bad recipe and changed weights are told as such', async () => {
  expect((await render({ steps: 6, skip_steps: 6 })).ending).toMatchObject({
    outcome: 'failed',
    code: 'invalid_input',
    message: expect.stringContaining('skip_steps'),
  })
  expect((await render({ steps: 6 }, { hash: 'f'.repeat(64) })).ending).toMatchObject({
    outcome: 'failed',
    code: 'pack_invalid',
  })
})

test('killed, it is an ending like any other, and the next job starts another', async () => {
  const killed = await render(
    { steps: 60 },
    { onStep: (step) => step === 2 && process.kill(renderer.pid!, 'SIGKILL') },
  )
  expect(killed.ending).toEqual({ outcome: 'died', how: 'killed by SIGKILL' })
  expect((await render({ steps: 3 })).ending.outcome).toBe('done')
})

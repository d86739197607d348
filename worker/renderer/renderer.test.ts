import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
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
  partials: [step: number, width: number][]
}

async function render(
  patch: RecipePatch,
  options: {
    signal?: AbortSignal
    resumeFrom?: Uint8Array
    hash?: string
    pictures?: Record<string, Uint8Array>
    onStep?: (step: number) => void
    on?: Renderer
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
  const told: Told = { steps: [], previews: [], partials: [] }
  const ending = await (options.on ?? renderer).render(
    {
      recipe,
      pictures: options.pictures,
      pack: { folder, hash: options.hash ?? info.hash },
      resumeFrom: options.resumeFrom,
    },
    {
      onProgress: ({ step, preview }) => {
        told.steps.push(step)
        if (preview) told.previews.push(preview)
        options.onStep?.(step)
      },
      onCheckpoint: () => undefined,
      onPartial: ({ step, width }) => told.partials.push([step, width]),
    },
    options.signal ?? never,
  )

  return { ending, told }
}

const shaOf = (ending: RenderEnding): string => {
  if (ending.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(ending)}`)

  return createHash('sha256').update(ending.image.png).digest('hex')
}

/** Largest difference of two pictures, in 8-bit levels. */
async function apart(a: RenderEnding, b: RenderEnding): Promise<number> {
  const [one, other] = await Promise.all(
    [a, b].map((ending) =>
      sharp(ending.outcome === 'done' ? ending.image.png : '')
        .raw()
        .toBuffer(),
    ),
  )

  return one!.reduce((most, value, k) => Math.max(most, Math.abs(value - other![k]!)), 0)
}

test('tells every step and ends with a PNG of the size asked for', async () => {
  const { ending, told } = await render({ steps: 6 })
  expect(told.steps).toEqual([1, 2, 3, 4, 5, 6])
  expect(Buffer.from(told.previews[0]!).subarray(8, 12).toString()).toBe('WEBP')
  expect(ending).toMatchObject({
    outcome: 'done',
    image: { width: 64, height: 64 },
    metrics: { clipSimilarity: expect.any(Number) },
  })
})

test('shows the pictures of n_batches side by side, and hands over intermediate ones', async () => {
  const { ending, told } = await render({ steps: 4, n_batches: 2, intermediate_saves: [1] })
  if (ending.outcome !== 'done') throw new Error('not done')
  expect(ending.image).toMatchObject({ width: 128, height: 128 })
  const alone = await render({ steps: 4, seed: 1001 })
  const second = sharp(ending.image.png).extract({ left: 64, top: 0, width: 64, height: 64 })
  expect(await second.raw().toBuffer()).toEqual(
    await sharp((alone.ending as typeof ending).image.png)
      .raw()
      .toBuffer(),
  )
  expect(told.partials).toEqual([
    [2, 64],
    [6, 64],
  ])
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

test('starts from a picture that comes with the job, and fails alone at one that is none', async () => {
  const name = `sha256:${'a'.repeat(64)}`
  const patch = { steps: 4, skip_steps: 2, init_image: name }
  const white = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  const { ending } = await render(patch, { pictures: { [name]: white } })

  expect(shaOf(ending)).not.toBe(shaOf((await render({ steps: 4, skip_steps: 2 })).ending))
  expect((await render(patch, { pictures: { [name]: new Uint8Array(9) } })).ending).toMatchObject({
    outcome: 'failed',
    code: 'invalid_input',
    message: expect.stringMatching(/^init_image "sha256:a+" is no picture/),
  })
})

test('killed, it is an ending like any other, and the next job starts another', async () => {
  const killed = await render(
    { steps: 60 },
    { onStep: (step) => step === 2 && process.kill(renderer.pid!, 'SIGKILL') },
  )
  expect(killed.ending).toMatchObject({ outcome: 'died', how: 'killed by SIGKILL', together: 1 })
  // Where the system tells, it was not for want of memory.
  expect(killed.ending).not.toHaveProperty('starved', true)
  expect((await render({ steps: 3 })).ending.outcome).toBe('done')
})

test('several at once: each tells its own steps, is stopped alone, and makes its own picture', async () => {
  const alone = [await render({ steps: 8, seed: 1 }), await render({ steps: 5, seed: 2 })]
  const stop = new AbortController()
  const together = await Promise.all([
    render({ steps: 8, seed: 1 }),
    render({ steps: 5, seed: 2 }),
    render({ steps: 40, seed: 3 }, { signal: stop.signal, onStep: (step) => step === 2 && stop.abort() }),
  ])

  expect(together.map(({ ending }) => ending.outcome)).toEqual(['done', 'done', 'stopped'])
  expect(together.slice(0, 2).map(({ told }) => told.steps)).toEqual(alone.map(({ told }) => told.steps))
  for (const [k, one] of alone.entries())
    expect(await apart(one.ending, together[k]!.ending)).toBeLessThanOrEqual(1)
})

test('killed with several in it, all of them hear that they were not alone', async () => {
  const endings = await Promise.all([
    render({ steps: 60 }),
    render(
      { steps: 60, seed: 2 },
      { onStep: (step) => step === 2 && process.kill(renderer.pid!, 'SIGKILL') },
    ),
  ])

  for (const { ending } of endings) expect(ending).toMatchObject({ outcome: 'died', together: 2 })
})

test('one that takes no step any more is killed, and says so', async () => {
  const patience = { firstMs: 60_000, leastMs: 500, times: 1 }
  const hanging = new Renderer({ device: 'cpu', threads: 1, log: createLog({ level: 'error' }), patience })
  const { ending, told } = await render(
    { steps: 60 },
    { on: hanging, onStep: (step) => step === 2 && process.kill(hanging.pid!, 'SIGSTOP') },
  )

  expect(ending).toMatchObject({ outcome: 'died', how: expect.stringMatching(/^hung: no step for \d+ s$/) })
  expect(told.steps.at(-1)).toBeLessThan(60)
})

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import type { RecipePatch } from '#study'
import { openNetworks } from '../networks/index.ts'
import { loadPack } from '../pack/index.ts'
import type { WithinAnswer, WithinJob } from '../testing/render-within.ts'

const root = join(import.meta.dirname, '../..')
const starter = join(root, 'models/packs/starter')
const pack = await loadPack(starter)
const networks = await openNetworks(pack, { device: 'cpu', threads: 1 })

afterAll(() => networks.release())

/** Many cuts, so that CLIP needs far more memory than all else. */
const recipe: RecipePatch = {
  steps: 3,
  skip_steps: 1,
  cut_overview: '[192]*1000',
  cut_innercut: '[1]*1000',
  skip_augs: true,
  RN50: false,
}

/** A render in a process whose private memory may not exceed `limit` bytes. */
async function within(limit: number | null, job: Partial<WithinJob> = {}): Promise<WithinAnswer> {
  const whole: WithinJob = { pack: starter, threads: 1, recipe, ...job }
  const child = 'exec node --import tsx diffusion/testing/render-within.ts "$0"'
  const command = limit ? `ulimit -d ${Math.floor(limit / 1024)}; ${child}` : child
  const { stdout } = await promisify(execFile)('sh', ['-c', command, JSON.stringify(whole)], { cwd: root })

  return JSON.parse(stdout.trim().split('\n').at(-1)!) as WithinAnswer
}

describe('cuts a few at a time', () => {
  it.each([2, 8])('by %i give the losses and gradients of the whole set', async (few) => {
    const [clip] = networks.clip
    const [K, each] = [13, 3 * clip!.resolution ** 2]
    const cuts = Float32Array.from({ length: K * each }, (_, k) => (Math.sin(k) + 1) / 2)
    const targets = Float32Array.from({ length: 2 * clip!.embed }, (_, k) => Math.cos(k))
    const weights = Float32Array.of(1.5, -0.5)
    const whole = await clip!.lossAndGradient(cuts, K, targets, weights)
    let loss = 0
    let furthest = 0

    for (let from = 0; from < K; from += few) {
      const k = Math.min(few, K - from)
      const some = cuts.slice(from * each, (from + k) * each)
      const part = await clip!.lossAndGradient(some, k, targets, weights, K)
      loss += part.loss
      part.gradient.forEach((value, at) => {
        furthest = Math.max(furthest, Math.abs(value - whole.gradient[from * each + at]!))
      })
    }

    expect(loss).toBeCloseTo(whole.loss, 6)
    expect(furthest).toBeLessThan(1e-6 * Math.max(...whole.gradient.map(Math.abs)))
  })
})

/**
 * As `within`, begun again when the process died: ONNX Runtime or V8 may end it from native code where a little thing
 * of their own finds no memory (a quarter of the runs under load), before anyone can catch it. Such a death is the
 * worker's to answer, which starts a renderer one rung down.
 */
async function withinAtLast(limit: number, deaths = 6): Promise<WithinAnswer> {
  try {
    return await within(limit)
  } catch (error) {
    const { signal } = error as { signal?: string }
    if (deaths === 0 || !['SIGABRT', 'SIGSEGV'].includes(signal ?? '')) throw error

    return withinAtLast(limit, deaths - 1)
  }
}

describe.runIf(process.platform === 'linux')('a render that finds too little memory', () => {
  it('goes down the ladder, tells what fits, and makes the same picture', async () => {
    const [roomy, spared] = [await within(null), await within(null, { rung: 1 })]
    const tight = await withinAtLast((roomy.data + spared.data) / 2)

    expect(roomy).toMatchObject({ rung: 0, error: null })
    expect(spared.data).toBeLessThan(0.8 * roomy.data)
    expect(tight.error).toBeNull()
    expect(tight.rung).toBeGreaterThan(0)
    expect([spared.picture, tight.picture]).toEqual([roomy.picture, roomy.picture])
  }, 120_000)
})

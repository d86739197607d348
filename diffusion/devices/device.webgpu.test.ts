import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { completeRecipe } from '#study'
import { Graph } from '../graph/index.ts'
import { openNetworks } from '../networks/index.ts'
import { lowered } from '../networks/session.ts'
import { twoPhase } from '../networks/two-phase.ts'
import { timestepFeatures, unet } from '../networks/unet.ts'
import { loadPack, packInfo } from '../pack/index.ts'
import { createEngine } from '../render/index.ts'
import { runAllNetworks } from '../testing/all-networks.ts'
import { numbers, relativeError } from '../testing/numeric.ts'
import type { DeviceName } from './device-name.ts'
import { proveDevice } from './prove.ts'

/** These run the WGSL kernels of a user's GPU, on Chromium's software Vulkan device, and no node on the processor. */
const reason = process.env.VK_DRIVER_FILES
  ? ''
  : ' (skipped: run it by "npm run test:webgpu", which finds a Vulkan device)'
const tiny = join(import.meta.dirname, '../testing/parity/packs/tiny-std')
const starter = join(import.meta.dirname, '../../models/packs/starter')

describe.skipIf(reason !== '')(`WebGPU${reason}`, () => {
  it('proves itself', async () => {
    expect((await proveDevice({ device: 'webgpu', threads: 2 })).error).toBeLessThan(1e-4)
  })

  it('computes every network forwards and backwards as the processor does', async () => {
    const [expected, found] = [await allNetworks('cpu'), await allNetworks('webgpu')]
    expect(Object.keys(found)).toEqual(Object.keys(expected))
    for (const [name, values] of Object.entries(expected))
      expect(relativeError(found[name]!, values), name).toBeLessThan(1e-4)
  })

  it('computes a gradient with recomputation, the lower rung of the memory ladder', async () => {
    expect(relativeError(await recomputed('webgpu'), await recomputed('cpu'))).toBeLessThan(1e-4)
  })

  it('renders a picture of the starter pack within one level of the processor', async () => {
    const [expected, found] = [await picture('cpu'), await picture('webgpu')]
    const worst = found.reduce((most, level, k) => Math.max(most, Math.abs(level - expected[k]!)), 0)
    expect(found).toHaveLength(3 * 64 * 64)
    expect(worst).toBeLessThanOrEqual(1)
    expect(new Set(found).size).toBeGreaterThan(16)
  })
})

async function allNetworks(device: DeviceName): Promise<Record<string, Float32Array>> {
  const networks = await openNetworks(await loadPack(tiny), { device, threads: 2 })
  try {
    return await runAllNetworks(networks, { side: 16, secondarySide: 32 })
  } finally {
    await networks.release()
  }
}

async function recomputed(device: DeviceName): Promise<Float32Array> {
  const { denoiser, manifest } = await loadPack(tiny)
  const { config } = manifest.denoiser
  const options = { device, threads: 2 }
  const graph = new Graph(lowered(options, 'large'))
  const parts = unet(graph, denoiser.weights, config, [16, 16], { recompute: true })
  const network = twoPhase({ graph, ...parts, device: options, recomputes: true })
  const [x, g] = [numbers(3 * 256, 1), numbers(3 * 256, 2)] as const
  try {
    return (await network.backward(x, timestepFeatures(480, config.num_channels), 1, g)).gradient
  } finally {
    await network.release()
  }
}

/** Levels of a picture made in two steps, with guidance through the secondary model. */
async function picture(device: DeviceName): Promise<Buffer> {
  const pack = await loadPack(starter)
  const recipe = completeRecipe(
    {
      text_prompts: { '0': ['a lighthouse'] },
      width_height: [64, 64],
      steps: 2,
      skip_steps: 0,
      cut_overview: '[1]*1000',
      cut_innercut: '[1]*1000',
    },
    packInfo(pack),
  )
  const engine = createEngine({ device, threads: 2 })
  try {
    const run = engine.render(recipe, pack)
    for (;;) {
      const next = await run.next()
      if (next.done) return await sharp(next.value.images[0]!.png).raw().toBuffer()
    }
  } finally {
    await engine.release()
  }
}

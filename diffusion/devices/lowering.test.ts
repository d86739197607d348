import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Model } from '../graph/index.ts'
import { openNetworks } from '../networks/index.ts'
import { loadPack, type Pack } from '../pack/index.ts'
import { runAllNetworks } from '../testing/all-networks.ts'
import { dot, numbers, relativeError } from '../testing/numeric.ts'
import { withoutCudaKernel } from './cuda-kernels.ts'
import type { DeviceName } from './device-name.ts'

/** Lowerings run on the processor here: what they compute is tested, not the kernels of the device. */
let pack: Pack
let reference: Record<string, Float32Array>

beforeAll(async () => {
  pack = await loadPack(join(import.meta.dirname, '../testing/parity/packs/tiny-std'))
  reference = (await rehearse('cpu')).found
})

async function rehearse(device: DeviceName) {
  const models: Model[] = []
  const networks = await openNetworks(pack, {
    device,
    threads: 1,
    rehearse: (model) => models.push(model),
  })
  const found = await runAllNetworks(networks, { side: 16, secondarySide: 32 })
  await networks.release()

  return { models, found }
}

/** 1 − cosine of the angle: what counts where single pixels may take the other side of a kink. */
const turned = (a: Float32Array, b: Float32Array) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))

describe('CUDA', () => {
  let models: Model[]
  let found: Record<string, Float32Array>
  beforeAll(async () => {
    ;({ models, found } = await rehearse('cuda:0'))
  })

  it('has a kernel for every node of every network, forwards and backwards', () => {
    expect(models.length).toBeGreaterThanOrEqual(10)
    expect(withoutCudaKernel(models.flatMap(({ nodes }) => nodes))).toEqual([])
  })

  it('computes convolutions and products of UNet and CLIP in float16; norms, softmax and losses in float32', () => {
    const types = (op: string) =>
      new Set(
        models
          .flatMap(({ nodes }) => nodes.filter((node) => node.op === op))
          .map(({ types: [type] }) => type),
      )
    for (const op of ['Conv', 'ConvTranspose', 'MatMul']) expect(types(op)).toContain('float16')
    for (const op of ['LayerNormalization', 'BatchNormalization', 'Softmax', 'ReduceSumSquare', 'ReduceMax'])
      expect([...types(op)]).toEqual(['float'])
  })

  it('agrees with float32 within the precision of float16', () => {
    for (const [name, expected] of Object.entries(reference)) {
      if (/^(secondary|lpips)|text$/.test(name))
        expect(relativeError(found[name]!, expected), name).toBeLessThan(1e-3)
      else if (/gradient$/.test(name)) expect(turned(found[name]!, expected), name).toBeLessThan(2e-2)
      else expect(relativeError(found[name]!, expected), name).toBeLessThan(1e-2)
    }
    for (const smooth of ['denoiser gradient', 'ViTB32 gradient'])
      expect(relativeError(found[smooth]!, reference[smooth]!), smooth).toBeLessThan(2e-3)
  })
})

it('CUDA: a cotangent too small for float16 gives a gradient as good as a large one', async () => {
  const networks = await openNetworks(pack, { device: 'cuda:0', threads: 1, rehearse: () => undefined })
  const [x, g] = [numbers(3 * 256, 1), numbers(3 * 256, 2)] as const
  const tiny = g.map((value) => value * 1e-10)
  const { gradient } = await networks.denoiser.vjp(x, [16, 16], [480], [0.5], tiny)
  await networks.release()
  const grown = gradient.map((value) => value * 1e10)
  expect(relativeError(grown, reference['denoiser gradient']!)).toBeLessThan(2e-3)
})

it('WebGPU: every network, written for it, computes the same', async () => {
  const { found } = await rehearse('webgpu')
  for (const [name, expected] of Object.entries(reference))
    expect(relativeError(found[name]!, expected), name).toBeLessThan(1e-3)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Graph, residuals, vjp } from '../graph/index.ts'
import { packManifest, type UnetConfig } from '../pack/schema.ts'
import { dot, numbers, relativeError } from '../testing/numeric.ts'
import { writeRandomWeights } from '../testing/random-weights.ts'
import { readWeights } from '../weights/index.ts'
import type { Size } from './index.ts'
import { openDenoiser } from './open-denoiser.ts'
import { twoPhase } from './two-phase.ts'
import { timestepFeatures, unet, unetMultiple } from './unet.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'denoiser-'))
})
afterAll(() => rm(folder, { recursive: true }))

const base = {
  image_size: 16,
  num_channels: 16,
  channel_mult: '.5,1,2',
  num_res_blocks: 1,
  attention_resolutions: '8',
  num_heads: 2,
  norm_groups: 4,
  learn_sigma: true,
}
const variants: Record<string, Record<string, unknown>> = {
  'resampling blocks, scale and shift': { resblock_updown: true },
  'strided convolutions, added time': { use_scale_shift_norm: false },
  'new attention order, heads by width': { use_new_attention_order: true, num_head_channels: 8 },
  'attention at full size, three channels out': { attention_resolutions: '16,4', learn_sigma: false },
}
const size: Size = [32, 16]
const pixels = 3 * 32 * 16
const device = { threads: 1, device: 'cpu' } as const
const tau = 333.25
const abar = 0.3

async function open(values: Record<string, unknown>) {
  const config: UnetConfig = packManifest.shape.denoiser.shape.config.parse({ ...base, ...values })
  const path = join(folder, 'unet.safetensors')
  const side = unetMultiple(config)
  await writeRandomWeights(path, (graph, file) => unet(graph, file, config, [side, side]))
  const file = await readWeights(path)

  return { denoiser: openDenoiser(file, config, device), file, config }
}

describe('a UNet of every make has the gradient that finite differences show', () => {
  for (const [name, values] of Object.entries(variants)) {
    it(name, async () => {
      const { denoiser } = await open(values)
      const [x, direction, g] = [numbers(pixels, 1), numbers(pixels, 2), numbers(pixels, 3)] as const
      const h = 1 / 64
      const at = async (t: number) =>
        dot(
          await denoiser.epsilon(
            x.map((value, k) => value + t * direction[k]!),
            size,
            [tau],
            [abar],
          ),
          g,
        )
      const expected = ((await at(h)) - (await at(-h))) / (2 * h)
      const { gradient, epsilon } = await denoiser.vjp(x, size, [tau], [abar], g)
      expect(Math.abs(dot(gradient, direction) - expected)).toBeLessThan(
        3e-3 * Math.sqrt(dot(gradient, gradient) * dot(direction, direction)),
      )
      expect(relativeError(epsilon, await denoiser.epsilon(x, size, [tau], [abar]))).toBeLessThan(1e-5)
      await denoiser.release()
    })
  }
})

describe('use_checkpoint, with activations computed again in the backward half of one session', () => {
  it('gives the same noise and gradient, and keeps little', async () => {
    const { file, config, denoiser } = await open({ resblock_updown: true })
    const build = (recompute: boolean) => {
      const graph = new Graph()

      return { graph, ...unet(graph, file, config, size, { recompute }) }
    }
    const network = twoPhase({ ...build(true), device, recomputes: true })
    const [x, g] = [numbers(pixels, 1), numbers(pixels, 3)] as const
    const features = timestepFeatures(tau, config.num_channels)
    const expected = await denoiser.vjp(x, size, [tau], [abar], g)
    const found = await network.backward(x, features, 1, g)
    expect(relativeError(found.out, expected.epsilon)).toBeLessThan(1e-6)
    expect(relativeError(found.gradient, expected.gradient)).toBeLessThan(1e-5)
    expect(await network.forward(x, features, 1)).toEqual(found.out)
    await network.release()
    await denoiser.release()

    const kept = ({ graph, x: input, out }: ReturnType<typeof build>) => {
      const gradients = vjp({ outputs: [out], cotangents: [graph.input('g', out.shape)], wrt: [input] })

      return residuals({ outputs: [out], gradients }).reduce(
        (sum, { shape }) => sum + shape.reduce<number>((all, dim) => all * Number(dim), 1),
        0,
      )
    }
    expect(kept(build(true))).toBeLessThan(kept(build(false)) / 3)
  })
})

it('a network that predicts v gives eps = σx + αv', async () => {
  const { denoiser, file, config } = await open({ resblock_updown: true })
  const byV = openDenoiser(file, { ...config, predicts: 'v' }, device)
  const [x, g] = [numbers(pixels, 1), numbers(pixels, 3)] as const
  const [alpha, sigma] = [Math.sqrt(abar), Math.sqrt(1 - abar)]
  const plain = await denoiser.vjp(x, size, [tau], [abar], g)
  const derived = await byV.vjp(x, size, [tau], [abar], g)
  const mixed = (out: Float32Array, straight: Float32Array) =>
    out.map((value, k) => sigma * straight[k]! + alpha * value)
  expect(derived.epsilon).toEqual(mixed(plain.epsilon, x))
  expect(derived.gradient).toEqual(mixed(plain.gradient, g))
  await denoiser.release()
  await byV.release()
})

it('visiting many sizes keeps few networks open and does not change their bits', async () => {
  const { denoiser } = await open({ resblock_updown: true })
  const sizes: Size[] = [
    [16, 16],
    [32, 16],
    [16, 32],
    [32, 32],
  ]
  const visit = async ([width, height]: Size) => {
    return await denoiser.epsilon(numbers(3 * width * height, 5), [width, height], [tau], [abar])
  }
  const first = await Promise.all(sizes.slice(0, 1).map(visit))
  for (const other of sizes) await visit(other)
  expect(await visit(sizes[0]!)).toEqual(first[0])
  await denoiser.release()
})

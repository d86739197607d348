import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenize } from '#study'
import { fromRgb8 } from '../image/index.ts'
import { loadPack } from '../pack/index.ts'
import { largestError, numbers, relativeError } from '../testing/numeric.ts'
import texts from '../testing/parity/units/tiny-std/tokenizer.json' with { type: 'json' }
import { readMerges } from '../tokenizer/index.ts'
import { readTensor, readWeights } from '../weights/index.ts'
import { type Networks, openDistance, openNetworks, type Size } from './index.ts'
import { joined } from './pictures.ts'

const parity = join(import.meta.dirname, '../testing/parity')
const size: Size = [64, 32]
const pixels = 3 * 64 * 32
const noiseTime = 480
/** Plain number, not used by networks that predict eps. */
const abar = 0.5
/** The cotangent of the reference: sin(3.3·0.37·n). */
const wave = Float32Array.from({ length: pixels }, (_, n) => Math.sin(3.3 * 0.37 * n))
const mean = [0.48145466, 0.4578275, 0.40821073]
const deviation = [0.26862954, 0.26130258, 0.27577711]

let networks: Networks
let unit: (name: string) => Promise<Float32Array>

beforeAll(async () => {
  networks = await openNetworks(await loadPack(join(parity, 'packs/tiny-std')), { threads: 1, device: 'cpu' })
  const file = await readWeights(join(parity, 'units/tiny-std/units.safetensors'))
  unit = (name) => readTensor(file, name)
})
afterAll(() => networks.release())

describe('the networks agree with the original Disco Diffusion code', () => {
  it('UNet: eps', async () => {
    const expected = (await unit('unet/out/480.0')).subarray(0, pixels)
    const epsilon = await networks.denoiser.epsilon(await unit('unet/x'), size, [noiseTime], [abar])
    expect(largestError(epsilon, expected)).toBeLessThan(2e-5)
    expect(relativeError(epsilon, expected)).toBeLessThan(1e-5)
  })

  it('UNet: gradient of eps', async () => {
    const { gradient } = await networks.denoiser.vjp(await unit('unet/x'), size, [noiseTime], [abar], wave)
    expect(relativeError(gradient, await unit('unet/vjp_eps/480.0'))).toBeLessThan(1e-5)
  })

  it('secondary model: picture and gradient', async () => {
    const x = await unit('unet/x')
    expect(
      relativeError(await networks.secondary!.predict(x, size, [0.6]), await unit('secondary/pred/0.6')),
    ).toBeLessThan(1e-5)
    const gradient = await networks.secondary!.vjp(x, size, [0.6], wave)
    expect(relativeError(gradient, await unit('secondary/vjp/0.6'))).toBeLessThan(1e-3)
  })

  for (const [k, name] of ['ViTB32', 'RN50'].entries()) {
    it(`CLIP ${name}: texts, pictures, distances, gradient`, async () => {
      const clip = networks.clip[k]!
      expect(clip.name).toBe(name)
      const text = Float32Array.from(
        (await Promise.all(texts.table.slice(0, 3).map(({ ids }) => clip.encodeText(ids)))).flatMap((e) => [
          ...e,
        ]),
      )
      expect(largestError(text, await unit(`clip/${name}/text`))).toBeLessThan(2e-5)
      const input = await unit(`clip/${name}/input`)
      expect(largestError(await clip.encodeImage(input), await unit(`clip/${name}/image`))).toBeLessThan(2e-5)

      const area = clip.resolution ** 2
      const channel = (n: number) => Math.floor(n / area) % 3
      const cuts = input.map((value, n) => value * deviation[channel(n)]! + mean[channel(n)]!)
      const K = input.length / (3 * area)
      const { distances, gradient, loss } = await clip.lossAndGradient(
        cuts,
        K,
        text,
        Float32Array.of(0.5, 1, -0.5),
      )
      expect(largestError(distances, await unit(`clip/${name}/dists`))).toBeLessThan(1e-5)
      const weighted = distances.reduce((sum, d, n) => sum + d * [0.5, 1, -0.5][n % 3]!, 0) / K
      expect(loss).toBeCloseTo(weighted, 6)
      const byInput = gradient.map((value, n) => value * deviation[channel(n)]!)
      expect(relativeError(byInput, await unit(`clip/${name}/grad_cuts`))).toBeLessThan(
        name === 'RN50' ? 2e-3 : 1e-4,
      )
    })
  }

  it('LPIPS: distance and gradient', async () => {
    const [a, b] = [await unit('lpips/a'), await unit('lpips/b')]
    const { value, gradient } = await networks.lpips!.distance(a, b, size)
    expect(largestError(Float32Array.of(value), await unit('lpips/value'))).toBeLessThan(1e-5)
    expect(relativeError(gradient, await unit('lpips/grad_a'))).toBeLessThan(2e-3)
  })

  it('LPIPS of picture files: the distance of their pixels, 0 for the same picture', async () => {
    const random = (from: number) =>
      Uint8Array.from({ length: pixels }, (_, k) => ((k + from) * 7919 * (k + from)) % 256)
    const [rgb, other] = [random(1), random(5)]
    const png = (data: Uint8Array) =>
      sharp(data, { raw: { width: size[0], height: size[1], channels: 3 } })
        .png()
        .toBuffer()
    const pack = await loadPack(join(parity, 'packs/tiny-std'))
    const distance = openDistance(pack, { threads: 1 })
    const signed = (data: Uint8Array) => fromRgb8(data).map((share) => 2 * share - 1)
    const expected = await networks.lpips!.distance(signed(other), signed(rgb), size)

    expect(await distance.between(await png(rgb), await png(rgb))).toBe(0)
    expect(await distance.between(await png(rgb), await png(other))).toBeCloseTo(expected.value, 5)
    // Half as large: brought to the reference's size, and much like itself.
    const small = await sharp(await png(rgb))
      .resize(32, 16)
      .png()
      .toBuffer()
    expect(await distance.between(small, await png(rgb))).toBeLessThan(expected.value / 4)
    await distance.release()
  })

  it('CLIP: the text half is let go when cuts are looked at, and opened again for the same bits', async () => {
    const opened: string[] = []
    const again = await openNetworks(await loadPack(join(parity, 'packs/tiny-std')), {
      threads: 1,
      device: 'cpu',
      rehearse: ({ inputs }) => opened.push(inputs[0]!.name),
    })
    const [clip] = again.clip
    const cuts = numbers(3 * clip!.resolution ** 2)
    const before = await clip!.encodeText([1, 2])
    await clip!.lossAndGradient(cuts, 1, numbers(clip!.embed), Float32Array.of(1))
    await clip!.lossAndGradient(cuts, 1, numbers(clip!.embed), Float32Array.of(1))

    expect(await clip!.encodeText([1, 2])).toEqual(before)
    expect(opened).toEqual(['ids', 'cuts', 'ids'])
    await again.release()
  })

  it('tokenizer: the ids of the table', () => {
    const merges = readMerges()
    for (const { text, ids } of texts.table) expect(tokenize(text, merges, 256)).toEqual(ids)
  })
})

describe('equal calls give equal bits', () => {
  it('whatever was called in between, and in sessions opened anew', async () => {
    const again = await openNetworks(await loadPack(join(parity, 'packs/tiny-std')), {
      threads: 1,
      device: 'cpu',
    })
    const x = await unit('unet/x')
    const first = await networks.denoiser.epsilon(x, size, [noiseTime], [abar])
    await networks.denoiser.epsilon(numbers(pixels), size, [12], [abar])
    await networks.denoiser.vjp(x, size, [noiseTime], [abar], wave)
    expect(await networks.denoiser.epsilon(x, size, [noiseTime], [abar])).toEqual(first)
    expect(await again.denoiser.epsilon(x, size, [noiseTime], [abar])).toEqual(first)

    const one = await networks.denoiser.vjp(x, size, [noiseTime], [abar], wave)
    await again.denoiser.epsilon(x, size, [noiseTime], [abar], { keep: true })
    expect(await again.denoiser.vjp(x, size, [noiseTime], [abar], wave)).toEqual(one)
    await again.release()
  })
})

describe('several pictures at once are what each is alone', () => {
  const [times, alphas] = [[noiseTime, 33.25, 900] as const, [abar, 0.9, 0.1] as const]
  const pictures = times.map((_, n) => numbers(pixels, 40 + n))
  const cotangents = times.map((_, n) => numbers(pixels, 50 + n))
  const part = (all: Float32Array, n: number) => all.subarray(n * pixels, (n + 1) * pixels)

  it('UNet', async () => {
    const { denoiser } = networks
    const epsilon = await denoiser.epsilon(joined(pictures), size, times, alphas)
    const both = await denoiser.vjp(joined(pictures), size, times, alphas, joined(cotangents))
    for (const [n, x] of pictures.entries()) {
      const at = [size, [times[n]!], [alphas[n]!]] as const
      expect(largestError(part(epsilon, n), await denoiser.epsilon(x, ...at))).toBeLessThan(1e-5)
      const alone = await denoiser.vjp(x, ...at, cotangents[n]!)
      expect(relativeError(part(both.gradient, n), alone.gradient)).toBeLessThan(1e-5)
      expect(relativeError(part(both.epsilon, n), alone.epsilon)).toBeLessThan(1e-5)
    }
  })

  it('secondary model', async () => {
    const secondary = networks.secondary!
    const ts = [0.6, 0.1, 0.9]
    const predicted = await secondary.predict(joined(pictures), size, ts)
    const gradient = await secondary.vjp(joined(pictures), size, ts, joined(cotangents))
    for (const [n, x] of pictures.entries()) {
      expect(largestError(part(predicted, n), await secondary.predict(x, size, [ts[n]!]))).toBeLessThan(1e-5)
      const alone = await secondary.vjp(x, size, [ts[n]!], cotangents[n]!)
      expect(relativeError(part(gradient, n), alone)).toBeLessThan(1e-4)
    }
  })
})

it('a picture of an unsuitable size is refused in one sentence', async () => {
  await expect(networks.denoiser.epsilon(numbers(3 * 30 * 64), [30, 64], [1], [abar])).rejects.toMatchObject({
    code: 'invalid_input',
    details: { parameter: 'width_height' },
  })
})

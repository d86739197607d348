import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Graph, mul, writeModel } from '../graph/index.ts'
import { clipText } from '../networks/clip-text.ts'
import { clipSizes, clipVision } from '../networks/clip-vision.ts'
import { openNetworks } from '../networks/index.ts'
import { openSession } from '../networks/session.ts'
import { type Ends, findTorch, startTorchWriter, type WriterJob } from '../testing/torch-writer.ts'
import { fromHalf, readWeights, type TensorEntry, type TensorFile } from '../weights/index.ts'
import { OpenFile } from '../weights/open-file.ts'
import { fileHash } from './file-hash.ts'
import { loadPack, packInfo } from './index.ts'
import { type KnownFile, knownFile } from './known-files.ts'
import { layoutOf } from './layouts.ts'

const python = findTorch()
const why = python ? '' : ' (skipped: no Python on PATH has torch; TESTSTRIP_PYTHON may name one)'
/** One checkpoint of each container takes a minute; all of them take several, so they are asked for. */
const all = process.env.TESTSTRIP_FULL_SIZE === '1'
const asked = all ? '' : ' (skipped: set TESTSTRIP_FULL_SIZE=1)'
const minutes = 600_000

/** Real names and shapes, random numbers, written by PyTorch itself: 15 GB in all, at most 4.5 GB at a time. */
describe.skipIf(!python)(`checkpoints of full size${why}`, () => {
  let folder: string
  let writer: ReturnType<typeof startTorchWriter>
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'full-size-'))
    writer = startTorchWriter(python!)
  })
  afterAll(async () => {
    writer?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const keys = (list: string) => join(import.meta.dirname, `../testing/keys/${list}.txt`)

  /** Writes a checkpoint, opens it, and holds every tensor against what PyTorch put there. */
  async function written(list: string, job: Pick<WriterJob, 'container' | 'dtype'>, name = 'weights.pt') {
    const path = join(folder, name)
    const ends = await writer.write({ keys: keys(list), path, ...job })
    const file = await readWeights(path)
    expect([...file.tensors.keys()]).toEqual(expect.arrayContaining(Object.keys(ends)))
    await expectEnds(file, ends)

    return file
  }

  describe.skipIf(!all)(`every denoiser${asked}`, () => {
    const lists = {
      keys_512: ['512x512', 'zip'],
      keys_256: ['256x256', 'legacy'],
      keys_portrait: ['portrait', 'zip'],
      keys_kali: ['kaliyuga', 'zip'],
    } as const
    for (const [list, [layout, container]] of Object.entries(lists)) {
      it(
        `${list}: ${container}`,
        async () => {
          const file = await written(list, { container, dtype: 'float32' })
          expect(layoutOf(file)).toBe(layout)
          await rm(file.path)
        },
        minutes,
      )
    }
  })

  describe.skipIf(!all)(`every CLIP${asked}`, () => {
    const resolutions = {
      'ViT-B-32': 224,
      'ViT-B-16': 224,
      'ViT-L-14': 224,
      'ViT-L-14_336px': 336,
      RN50: 224,
      RN101: 224,
      RN50x4: 288,
      RN50x16: 384,
      RN50x64: 448,
    }
    const openClip = ['ViT-B-32', 'ViT-B-16', 'RN50', 'RN101']
    for (const [name, resolution] of Object.entries(resolutions)) {
      const forms = [
        { container: 'torchscript', dtype: 'float16' } as const,
        ...(openClip.includes(name) ? [{ container: 'openclip', dtype: 'float32' } as const] : []),
      ]
      for (const form of forms)
        it(
          `${name}: ${form.container}`,
          async () => {
            const file = await written(`clipkeys_${name}`, form)
            expect(clipSizes(file, new Graph())).toMatchObject({ resolution, vocabulary: 49408 })
            const cuts = new Graph().input('cuts', ['cuts', 3, resolution, resolution])
            clipVision(cuts, file, 'gelu')
            clipText(new Graph(), file, 'gelu')
            await rm(file.path)
          },
          minutes,
        )
    }
  })

  it(
    'the files of a first Disco Diffusion beside each other are a pack that runs',
    async () => {
      await writeFile(join(folder, 'vgg.txt'), vgg16Keys)
      await writeFile(join(folder, 'taps.txt'), tapKeys)
      const files: [list: string, job: Pick<WriterJob, 'container' | 'dtype'>, name: string][] = [
        [keys('keys_kali'), { container: 'zip', dtype: 'float32' }, 'PADexpanded.pt'],
        [keys('keys_secondary'), { container: 'legacy', dtype: 'float32' }, 'secondary_model_imagenet_2.pth'],
        [keys('clipkeys_ViT-B-32'), { container: 'torchscript', dtype: 'float16' }, 'ViT-B-32.pt'],
        [join(folder, 'vgg.txt'), { container: 'legacy', dtype: 'float32' }, 'vgg16-397923af.pth'],
        [join(folder, 'taps.txt'), { container: 'legacy', dtype: 'float32' }, 'vgg.pth'],
      ]
      const known: KnownFile[] = []
      for (const [list, job, name] of files) {
        const path = join(folder, name)
        await writer.write({ keys: list, path, ...job })
        known.push({ ...knownFile(name)!, sha256: await fileHash(path) })
      }
      const pack = await loadPack(join(folder, 'PADexpanded.pt'), known)
      expect(packInfo(pack)).toMatchObject({
        name: 'pixelartdiffusion_expanded',
        secondary: true,
        lpips: true,
        clip: [{ name: 'ViTB32', resolution: 224, merges: 48_894 }],
      })

      const networks = await openNetworks(pack, { threads: 2, device: 'cpu' })
      const picture = Float32Array.from({ length: 3 * 64 * 64 }, (_, k) => Math.sin(k))
      const epsilon = await networks.denoiser.epsilon(picture, [64, 64], [500], [0.5])
      expect(epsilon.every(Number.isFinite)).toBe(true)
      expect((await networks.secondary!.predict(picture, [64, 64], [0.5])).every(Number.isFinite)).toBe(true)
      expect((await networks.clip[0]!.encodeText([320])).length).toBe(512)
      const distance = await networks.lpips!.distance(picture, picture.toReversed(), [64, 64])
      expect(distance.gradient.length).toBe(picture.length)
      await networks.release()
      for (const [, , name] of files) await rm(join(folder, name))
    },
    minutes,
  )

  it.skipIf(!all)(
    `a file of more than 4 GB is read in place behind the reach of a plain zip${asked}`,
    async () => {
      const file = await written('keys_secondary', { container: 'huge', dtype: 'bfloat16' })
      const last = file.tensors.get('net.4.bias')!
      expect(last.offset).toBeGreaterThan(2 ** 32)
      expect([...(await runInPlace(file, last))]).toEqual(await numbersOf(file, last))
      await rm(file.path)
    },
    minutes,
  )

  it(
    'an OpenCLIP file, with its training around it',
    async () => {
      const file = await written('clipkeys_RN50', { container: 'openclip', dtype: 'float32' })
      expect(clipSizes(file, new Graph())).toMatchObject({ resolution: 224, embed: 1024 })
      await rm(file.path)
    },
    minutes,
  )
})

async function expectEnds(file: TensorFile, ends: Ends): Promise<void> {
  await OpenFile.with(file.path, async (open) => {
    for (const [name, [first, last]] of Object.entries(ends)) {
      const entry = file.tensors.get(name)!
      const size = sizes[entry.type]!
      const at = async (offset: number) => numberAt(await open.readAll(offset, size), entry)
      expect([await at(entry.offset), await at(entry.offset + entry.bytes - size)], name).toEqual([
        first,
        last,
      ])
    }
  })
}

const sizes: Partial<Record<TensorEntry['type'], number>> = { F32: 4, F16: 2, BF16: 2, I64: 8 }

function numberAt(bytes: Buffer, { type }: TensorEntry): number {
  if (type === 'F32') return bytes.readFloatLE()
  if (type === 'F16') return fromHalf(bytes.readUInt16LE())
  if (type === 'BF16') return Buffer.concat([Buffer.alloc(2), bytes]).readFloatLE()

  return Number(bytes.readBigInt64LE())
}

function numbersOf(file: TensorFile, entry: TensorEntry): Promise<number[]> {
  const size = sizes[entry.type]!

  return OpenFile.with(file.path, async (open) => {
    const bytes = await open.readAll(entry.offset, entry.bytes)

    return Array.from({ length: entry.bytes / size }, (_, k) =>
      numberAt(bytes.subarray(k * size, (k + 1) * size), entry),
    )
  })
}

/** A tensor as ONNX Runtime sees it. */
async function runInPlace(file: TensorFile, entry: TensorEntry): Promise<Float32Array> {
  const graph = new Graph()
  const one = graph.input('one', [])
  const outputs = [mul(graph.weight(file, entry), one)]
  const session = await openSession(writeModel({ inputs: [one], outputs }), { threads: 1, device: 'cpu' })
  const [result] = await session.run([Float32Array.of(1)])
  await session.release()

  return result!
}

const widths = [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
const places = [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28]

/** torchvision's VGG16, its classifier included. */
const vgg16Keys = [
  ...places.flatMap((place, k) => [
    `features.${place}.weight [${widths[k]}, ${k === 0 ? 3 : widths[k - 1]}, 3, 3]`,
    `features.${place}.bias [${widths[k]}]`,
  ]),
  'classifier.0.weight [4096, 25088]',
  'classifier.0.bias [4096]',
  'classifier.3.weight [4096, 4096]',
  'classifier.3.bias [4096]',
  'classifier.6.weight [1000, 4096]',
  'classifier.6.bias [1000]',
].join('\n')

/** LPIPS' weights of VGG16's taps. */
const tapKeys = [64, 128, 256, 512, 512]
  .map((width, k) => `lin${k}.model.1.weight [1, ${width}, 1, 1]`)
  .join('\n')

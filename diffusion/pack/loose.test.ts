import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { keyList, writeSparse } from '../testing/sparse-checkpoint.ts'
import { readTensor, readWeights } from '../weights/index.ts'
import { fileHash } from './file-hash.ts'
import { findPacks } from './find-packs.ts'
import { loadPack, looseFiles, packInfo } from './index.ts'
import { type KnownFile, knownFile, knownFiles } from './known-files.ts'
import { type Layout, layoutOf } from './layouts.ts'

const tiny = join(import.meta.dirname, '../testing/parity/packs/tiny-std')

describe('the layouts of Disco Diffusion', () => {
  const lists: Record<string, Layout> = {
    keys_512: '512x512',
    keys_256: '256x256',
    keys_portrait: 'portrait',
    keys_kali: 'kaliyuga',
  }
  for (const [list, layout] of Object.entries(lists)) {
    it(`${list} is ${layout}, and nothing when a tensor is missing, added or of another shape`, () => {
      const entries = keyList(list).map((entry) => [entry.name, entry] as const)
      const of = (changed: typeof entries) => layoutOf({ path: '/a.pt', tensors: new Map(changed) })
      const [name, first] = entries[5]!
      expect(of(entries)).toBe(layout)
      expect(of(entries.filter((each) => each[0] !== name))).toBeNull()
      expect(of([...entries, ['more', { ...first, name: 'more' }]])).toBeNull()
      expect(of([...entries, [name, { ...first, shape: [7] }]])).toBeNull()
    })
  }
})

it('every known file has one hash, one name and a role of its own', () => {
  for (const key of ['sha256', 'name', 'file'] as const)
    expect(new Set(knownFiles.map((file) => file[key])).size).toBe(knownFiles.length)
  for (const { sha256 } of knownFiles) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  const answers = knownFiles.flatMap(({ role }) => (role.part === 'clip' ? role.answers : []))
  expect(new Set(answers.map(({ name }) => name)).size).toBe(22)
  expect(knownFile('RN50_yffcc15m')?.file).toBe('rn50-quickgelu-yfcc15m-455df137.pt')
})

describe('files that lie loose in a models folder', () => {
  let folder: string
  let known: KnownFile[]
  const kali = () => join(folder, 'models', 'my_own.safetensors')
  const inModels = (name: string) => join(folder, 'models', name)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loose-'))
    await mkdir(join(folder, 'store'))
    await writeSparse(join(folder, 'store', 'my_own.safetensors'), keyList('keys_kali'))
    const hash = (name: string) => fileHash(join(tiny, `${name}.safetensors`))
    const file = (name: string, sha256: string, role: KnownFile['role']): KnownFile => ({
      name,
      file: `${name}.pt`,
      sha256,
      role,
    })
    known = [
      file('published', 'f'.repeat(64), { part: 'denoiser', layout: '512x512' }),
      file('second', await hash('secondary'), { part: 'secondary' }),
      file('vgg', await hash('lpips'), { part: 'vgg16' }),
      file('vit', await hash('clip-vit'), {
        part: 'clip',
        answers: [
          { name: 'ViTB32_laion400m_e31', activation: 'gelu' },
          { name: 'ViTB32quickgelu_laion400m_e31', activation: 'quick_gelu' },
        ],
      }),
      file('rn', await hash('clip-rn'), {
        part: 'clip',
        answers: [{ name: 'RN50', activation: 'quick_gelu' }],
      }),
    ]
  })
  afterAll(() => rm(folder, { recursive: true }))

  beforeEach(async () => {
    await rm(join(folder, 'models'), { recursive: true, force: true })
    await mkdir(join(folder, 'models', 'packs'), { recursive: true })
    await cp(tiny, join(folder, 'models', 'packs', 'tiny'), { recursive: true })
    // A link, as caches and volumes have them: it is hashed once, as the file it leads to.
    await symlink(join(folder, 'store', 'my_own.safetensors'), kali())
    for (const name of ['clip-vit', 'clip-rn', 'secondary'])
      await cp(join(tiny, `${name}.safetensors`), inModels(`${name}.safetensors`))
  })

  const refusal = async (place: string) => {
    const error = await loadPack(place, known).then(
      () => new Error('it was accepted'),
      (reason: Error) => reason,
    )
    expect(error).toMatchObject({ code: 'pack_invalid' })

    return error.message
  }

  it('a denoiser is a pack with what lies beside it, and packs with a pack.json stay packs', async () => {
    await writeFile(inModels('notes.txt'), 'not looked at')
    const { places, loose } = await findPacks(join(folder, 'models'), known)
    expect(places).toEqual([join(folder, 'models', 'packs', 'tiny'), kali()])
    expect(loose.map(({ file, role }) => [file, role?.part])).toEqual([
      ['clip-rn.safetensors', 'clip'],
      ['clip-vit.safetensors', 'clip'],
      ['my_own.safetensors', 'denoiser'],
      ['secondary.safetensors', 'secondary'],
    ])

    const pack = await loadPack(kali(), known)
    expect(packInfo(pack)).toMatchObject({
      name: 'my_own',
      nativeSize: [256, 256],
      secondary: true,
      lpips: false,
      clip: [
        { name: 'RN50', resolution: 64 },
        { name: 'ViTB32_laion400m_e31', resolution: 32 },
        { name: 'ViTB32quickgelu_laion400m_e31', resolution: 32 },
      ],
      defaults: {
        width_height: [512, 448],
        use_secondary_model: true,
        diffusion_model: 'my_own',
        RN50: true,
        ViTB32: false,
        ViTB32_laion400m_e31: false,
      },
    })
    expect(pack.clip.map(({ entry }) => entry.activation)).toEqual(['quick_gelu', 'gelu', 'quick_gelu'])
    expect((await loadPack(join(folder, 'models'), known)).hash).toBe(pack.hash)
  })

  it('without a secondary model and the usual CLIPs the defaults suit what is there', async () => {
    await rm(inModels('secondary.safetensors'))
    await rm(inModels('clip-rn.safetensors'))
    expect(packInfo(await loadPack(kali(), known)).defaults).toMatchObject({
      use_secondary_model: false,
      RN50: false,
      ViTB32_laion400m_e31: true,
      ViTB32quickgelu_laion400m_e31: false,
    })
  })

  it('a published denoiser goes by its own name, and brings its cut schedules', async () => {
    const sha256 = await fileHash(kali())
    for (const cuts of ['pixel-art', 'watercolor'] as const) {
      const role = { part: 'denoiser', layout: 'kaliyuga', cuts } as const
      const list = [...known, { name: 'theirs', file: 'theirs.pt', sha256, role }]
      const info = packInfo(await loadPack(kali(), list))
      expect(info).toMatchObject({ name: 'theirs', defaults: { cut_ic_pow: '[12]*500+[10]*500' } })
    }
  })

  it('VGG16 and the weights of its taps make LPIPS together', async () => {
    // The tiny file holds both halves; the taps are read from the second file, whose numbers are zero.
    await cp(join(tiny, 'lpips.safetensors'), inModels('vgg.safetensors'))
    const taps = inModels('taps.safetensors')
    const { tensors } = await readWeights(inModels('vgg.safetensors'))
    const lins = [...tensors.values()].filter(({ name }) => name.startsWith('lin'))
    let offset = 0
    await writeSparse(
      taps,
      lins.map((entry) => {
        offset += entry.bytes

        return { ...entry, offset: offset - entry.bytes }
      }),
    )
    const sha256 = await fileHash(taps)
    const list = [...known, { name: 'taps', file: 'taps.pt', sha256, role: { part: 'taps' } as const }]
    const pack = await loadPack(kali(), list)
    expect(packInfo(pack).lpips).toBe(true)
    expect(pack.lpips!.weights.tensors.get('lin0.model.1.weight')!.path).toBe(taps)
    expect(await readTensor(pack.lpips!.weights, 'lin0.model.1.weight')).toEqual(
      new Float32Array(tensors.get('lin0.model.1.weight')!.shape[1]!),
    )
  })

  it('two denoisers in one folder are two packs, and the folder alone is neither', async () => {
    await symlink(join(folder, 'store', 'my_own.safetensors'), inModels('other.safetensors'))
    const { places } = await findPacks(join(folder, 'models'), known)
    expect(places).toEqual([join(folder, 'models', 'packs', 'tiny'), kali(), inModels('other.safetensors')])
    expect(await refusal(join(folder, 'models'))).toMatch(
      /several denoisers lie here.*my_own\.safetensors, other\.safetensors/,
    )
  })

  it('a denoiser without any CLIP is refused in one sentence', async () => {
    await rm(inModels('clip-vit.safetensors'))
    await rm(inModels('clip-rn.safetensors'))
    expect(await refusal(kali())).toMatch(/^my_own\.safetensors: no CLIP lies beside it/)
  })

  it('a file under a published name with other contents is no pack', async () => {
    await rename(kali(), inModels('published.pt'))
    const sentence =
      /^published\.pt: its SHA-256 is [0-9a-f]{12}…, but that of the published file is ffffffffffff…/
    expect(await refusal(inModels('published.pt'))).toMatch(sentence)
    expect((await findPacks(join(folder, 'models'), known)).places).toHaveLength(1)
  })

  it('a file that was cut off is told, and the rest is found', async () => {
    await truncate(inModels('clip-vit.safetensors'), 1000)
    const files = await looseFiles(join(folder, 'models'), known)
    expect(files.find(({ file }) => file === 'clip-vit.safetensors')!.problem).toMatch(
      /^clip-vit\.safetensors: .*cut off/,
    )
    expect(packInfo(await loadPack(kali(), known)).clip.map(({ name }) => name)).toEqual(['RN50'])
    await rm(kali())
    await writeFile(kali(), (await readFile(inModels('secondary.safetensors'))).subarray(0, -8))
    expect(await refusal(kali())).toMatch(/^my_own\.safetensors: .*cut off/)
  })

  it('a denoiser that Disco Diffusion cannot build needs a pack.json', async () => {
    await cp(join(tiny, 'unet.safetensors'), inModels('small.safetensors'))
    expect(await refusal(inModels('small.safetensors'))).toMatch(/describe it in a pack\.json/)
  })

  it('a pack.json may name the same files', async () => {
    const manifest = JSON.parse(await readFile(join(tiny, 'pack.json'), 'utf8')) as Record<string, object>
    const lpips = { ...manifest.lpips, taps: { file: 'taps.safetensors', sha256: 'f'.repeat(64) } }
    const dir = join(folder, 'models', 'packs', 'tiny')
    await cp(join(tiny, 'lpips.safetensors'), join(dir, 'taps.safetensors'))
    await writeFile(join(dir, 'pack.json'), JSON.stringify({ ...manifest, lpips }))
    expect(await refusal(dir)).toMatch(/^taps\.safetensors: its SHA-256/)
    lpips.taps.sha256 = await fileHash(join(dir, 'taps.safetensors'))
    await writeFile(join(dir, 'pack.json'), JSON.stringify({ ...manifest, lpips }))
    const { hash } = await loadPack(dir)
    expect(hash).not.toBe((await loadPack(tiny)).hash)
  })
})

import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fileHash } from './file-hash.ts'
import { loadPack, packInfo } from './index.ts'

const tiny = join(import.meta.dirname, '../testing/parity/packs/tiny-std')
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'pack-'))
  await cp(tiny, dir, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true }))

interface Manifest {
  name?: string
  defaults?: Record<string, unknown>
  denoiser: { file: string; sha256?: string; config: Record<string, unknown> }
  secondary?: { file: string }
  clip: { name: string; file: string }[]
}

async function edit(change: (manifest: Manifest) => void): Promise<void> {
  const path = join(dir, 'pack.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  change(manifest)
  await writeFile(path, JSON.stringify(manifest))
}

async function refusal(): Promise<string> {
  const error = await loadPack(dir).then(
    () => new Error('it was accepted'),
    (reason: Error) => reason,
  )
  expect(error).toMatchObject({ code: 'pack_invalid' })

  return error.message
}

it('reads sizes from the tensors', async () => {
  const info = packInfo(await loadPack(dir))
  expect(info).toMatchObject({
    name: 'tiny-std',
    nativeSize: [64, 64],
    secondary: true,
    lpips: true,
    clip: [
      { name: 'ViTB32', resolution: 32, contextLength: 77, merges: 256, embed: 64 },
      { name: 'RN50', resolution: 64, contextLength: 77, merges: 256, embed: 96 },
    ],
  })
  expect(info.parameterCount).toBeGreaterThan(1e6)
})

it('its hash follows the weights, not the names of files or titles', async () => {
  const before = await loadPack(dir)
  await edit((manifest) => {
    manifest.name = 'renamed'
    manifest.clip.reverse()
  })
  expect((await loadPack(dir)).hash).toBe(before.hash)

  const path = join(dir, 'secondary.safetensors')
  const bytes = await readFile(path)
  bytes[bytes.length - 1]! ^= 1
  await writeFile(path, bytes)
  expect((await loadPack(dir)).hash).not.toBe(before.hash)
})

it('its hash follows how the weights are to be read', async () => {
  const before = await loadPack(dir)
  await edit((manifest) => {
    Object.assign(manifest.clip[0]!, { activation: 'gelu' })
  })
  expect((await loadPack(dir)).hash).not.toBe(before.hash)
})

it('works without a secondary model and LPIPS', async () => {
  await edit((manifest) => {
    delete manifest.secondary
  })
  expect(packInfo(await loadPack(dir)).secondary).toBe(false)
})

it('accepts the right SHA-256 and refuses another', async () => {
  const sha256 = await fileHash(join(dir, 'unet.safetensors'))
  await edit((manifest) => {
    manifest.denoiser.sha256 = sha256
  })
  await loadPack(dir)
  await edit((manifest) => {
    manifest.denoiser.sha256 = 'f'.repeat(64)
  })
  expect(await refusal()).toMatch(/^unet\.safetensors: its SHA-256/)
})

it('refuses a truncated file', async () => {
  await truncate(join(dir, 'clip-vit.safetensors'), 700_000)
  expect(await refusal()).toMatch(/^clip-vit\.safetensors: .*cut off/)
})

it('refuses a missing file', async () => {
  await rm(join(dir, 'lpips.safetensors'))
  expect(await refusal()).toMatch(/^lpips\.safetensors: .*missing/)
})

it('refuses a file outside the folder', async () => {
  await edit((manifest) => {
    manifest.secondary!.file = '../secondary.safetensors'
  })
  expect(await refusal()).toMatch(/secondary\.file: must be the name of a file/)
})

it('refuses weights that the configuration does not describe', async () => {
  await edit((manifest) => {
    manifest.denoiser.config.num_channels = 64
  })
  expect(await refusal()).toMatch(
    /^unet\.safetensors: the tensor "time_embed\.0\.weight" is \[128, 32\], but .* \[256, 64\]/,
  )
})

it('refuses weights of another network', async () => {
  await edit((manifest) => {
    manifest.secondary!.file = 'lpips.safetensors'
  })
  expect(await refusal()).toMatch(/^lpips\.safetensors: the tensor ".*" is missing/)
})

it('refuses a group size that does not divide the channels', async () => {
  await edit((manifest) => {
    manifest.denoiser.config.norm_groups = 7
  })
  expect(await refusal()).toMatch(/norm_groups 7/)
})

it('refuses defaults that nobody could type, and CLIPs nobody could switch on', async () => {
  await edit((manifest) => {
    manifest.defaults = { eta: 0.5, steps: 'many' }
  })
  expect(await refusal()).toMatch(/pack\.json: defaults: .*steps/)
  await edit((manifest) => {
    manifest.defaults = {}
    manifest.clip[1]!.name = 'RN51'
  })
  expect(await refusal()).toMatch(/clip\[1\]\.name: must be one of ViTB32/)
  await edit((manifest) => {
    manifest.clip[1]!.name = 'ViTB32'
  })
  expect(await refusal()).toMatch(/same name/)
})

it('refuses a folder without pack.json, and one that is no JSON', async () => {
  await writeFile(join(dir, 'pack.json'), '{')
  expect(await refusal()).toMatch(/no JSON/)
  await rm(join(dir, 'pack.json'))
  expect(await refusal()).toMatch(/pack\.json: the file is missing/)
})

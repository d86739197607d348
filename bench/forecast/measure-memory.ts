import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadPack, packInfo, renderingEnvironment } from '#diffusion'
import { completeRecipe, memoryBytes } from '#study'
import type { Row } from '../report.ts'
import { configurations, starter } from './configurations.ts'
import { writeRandomPack } from './random-pack.ts'

const root = join(import.meta.dirname, '../..')
const mostMiss = 0.25

/** Largest resident memory of a process that renders, against what the forecast says, configuration by configuration. */
export async function measureMemory(only?: string): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'teststrip-forecast-'))
  const rows: Row[] = []
  let made = false

  try {
    for (const { what, pack: kind, recipe, pictures } of configurations) {
      if (only && !what.includes(only)) continue
      if (kind === 'random' && !made) made = await writeRandom(folder)
      const pack = kind === 'starter' ? starter : folder
      const info = packInfo(await loadPack(pack))
      const forecast = memoryBytes(completeRecipe(recipe, info), info, { pictures }) / 2 ** 20
      const measured = (await peakOf({ pack, recipe, threads: 2, pictures })) / 2 ** 20
      const miss = forecast / measured - 1
      rows.push({
        what: `memory, ${what}`,
        ours: Math.round(forecast),
        theirs: Math.round(measured),
        unit: 'MiB',
        ratio: forecast / measured,
        target: `±${100 * mostMiss} %`,
        ok: Math.abs(miss) <= mostMiss,
      })
    }

    return rows
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function peakOf(job: object): Promise<number> {
  const child = ['--import', 'tsx', 'diffusion/testing/render-within.ts', JSON.stringify(job)]
  const { stdout } = await promisify(execFile)(process.execPath, child, {
    cwd: root,
    env: renderingEnvironment(),
  })
  const { peak, error } = JSON.parse(stdout.trim().split('\n').at(-1)!)
  if (error) throw new Error(error.message)

  return peak
}

/** The layout of a published 256² checkpoint with the published secondary model and two CLIPs. */
async function writeRandom(folder: string): Promise<true> {
  const clip = (name: string, file: string) => ({ name, file, architecture: 'openai-clip' })
  const manifest = {
    name: 'random',
    native_size: [256, 256],
    denoiser: {
      file: 'unet.safetensors',
      architecture: 'guided-diffusion',
      config: {
        image_size: 256,
        num_channels: 128,
        attention_resolutions: '16',
        num_heads: 1,
        use_scale_shift_norm: false,
        learn_sigma: true,
      },
    },
    secondary: { file: 'secondary.safetensors', architecture: 'secondary-diffusion-2' },
    clip: [clip('ViTB32', 'vit.safetensors'), clip('RN50', 'resnet.safetensors')],
  }
  await writeRandomPack(folder, manifest, {
    'unet.safetensors': 'keys_kali',
    'secondary.safetensors': 'keys_secondary',
    'vit.safetensors': 'clipkeys_ViT-B-32',
    'resnet.safetensors': 'clipkeys_RN50',
  })

  return true
}

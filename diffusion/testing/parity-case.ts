import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeRecipe, type PackInfo, type Recipe, readSettings } from '#study'
import { readSafetensors, readTensor } from '../weights/index.ts'

const parity = join(import.meta.dirname, 'parity')

interface RecordedStep {
  i: number
  clip_losses: number[]
  rng_after: [number, number]
  restart_rng?: { left: number; next: number; cached_normal: { valid: boolean; value: number | null } }
}

export interface ParityCase {
  recipe: Recipe
  steps: RecordedStep[]
  limits: {
    target_embeds_max_abs: number
    x0_first_max_abs: number
    clip_loss_first_step_abs: number
    restart_grad_rel_l2: number
    x0_last_rms: number
    png_max: number
    png_mean: number
  }
  png: Uint8Array
  /** a recorded tensor by name */
  tensor(name: string): Promise<Float32Array>
  /** the 624 state words at restart step j */
  generatorWords(j: number): Promise<Int32Array>
}

export const tinyPack = join(parity, 'packs/tiny-std')

/** One complete run of the original code: settings, recorded tensors, draws and picture. */
export async function parityCase(id: string, pack: PackInfo): Promise<ParityCase> {
  const folder = join(parity, 'cases', id)
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  const { patch } = readSettings(readFileSync(join(folder, 'settings.txt'), 'utf8'))
  const file = await readSafetensors(join(folder, 'tensors.safetensors'))

  return {
    recipe: completeRecipe({ ...patch, behaviour: 'disco-5.2', noise: 'torch' }, pack),
    steps: json(join(folder, 'steps.json'))[0].steps,
    limits: json(join(parity, 'tolerances.json'))[id],
    png: readFileSync(join(folder, 'parity(0)_0.png')),
    tensor: (name) => readTensor(file, name),

    async generatorWords(j) {
      const { offset } = file.tensors.get(`0/restart/${j}/mt19937`)!
      const bytes = readFileSync(file.path).subarray(offset, offset + 624 * 4)

      return Int32Array.from({ length: 624 }, (_, k) => bytes.readInt32LE(4 * k))
    },
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { completeRecipe, type PackInfo, type Recipe, readSettings } from '#study'
import { readTensor, readWeights } from '../weights/index.ts'

const parity = join(import.meta.dirname, 'parity')

interface RecordedStep {
  i: number
  clip_losses: number[]
  rng_after: [number, number]
  restart_rng?: { left: number; next: number; cached_normal: { valid: boolean; value: number | null } }
}

/** One sampler run of a case. */
interface RecordedRun {
  frame: number
  skip_steps: number
  init_scale: number
  steps: RecordedStep[]
}

export interface ParityCase {
  recipe: Recipe
  runs: RecordedRun[]
  limits: {
    target_embeds_max_abs: number
    x0_first_max_abs: number
    clip_loss_first_step_abs: number
    restart_grad_rel_l2: number
    x0_last_rms: number
    png_max: number
    png_mean: number
  }
  /** what each run saved */
  pngs: Uint8Array[]
  /** an input picture by its name in the settings */
  picture(name: string): Promise<Uint8Array>
  /** a recorded tensor by name */
  tensor(name: string): Promise<Float32Array>
  /** the 624 state words at the restart step j of a run */
  generatorWords(run: number, j: number): Promise<Int32Array>
}

export const tinyPack = join(parity, 'packs/tiny-std')

/** One complete run of the original code: settings, recorded tensors, draws and picture. */
export async function parityCase(id: string, pack: PackInfo): Promise<ParityCase> {
  const folder = join(parity, 'cases', id)
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  const { patch } = readSettings(readFileSync(join(folder, 'settings.txt'), 'utf8'))
  const { not_in_settings_txt, pngs } = json(join(folder, 'case.json'))
  const file = await readWeights(join(folder, 'tensors.safetensors'))

  return {
    recipe: completeRecipe(
      { ...patch, ...not_in_settings_txt, behaviour: 'disco-5.2', noise: 'torch' },
      pack,
    ),
    runs: json(join(folder, 'steps.json')),
    limits: json(join(parity, 'tolerances.json'))[id],
    pngs: pngs
      .filter((name: string) => name.startsWith('parity('))
      .map((name: string) => readFileSync(join(folder, name))),
    picture: async (name) => readFileSync(join(parity, 'inputs', name)),
    tensor: (name) => readTensor(file, name),

    async generatorWords(run, j) {
      const { offset } = file.tensors.get(`${run}/restart/${j}/mt19937`)!
      const bytes = readFileSync(file.path).subarray(offset, offset + 624 * 4)

      return Int32Array.from({ length: 624 }, (_, k) => bytes.readInt32LE(4 * k))
    },
  }
}

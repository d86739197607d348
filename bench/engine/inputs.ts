import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { size } from './rows.ts'

const manifest = {
  name: 'bench',
  denoiser: {
    file: 'unet.safetensors',
    architecture: 'guided-diffusion',
    config: {
      image_size: 512,
      num_channels: 256,
      attention_resolutions: '32,16,8',
      num_head_channels: 64,
      resblock_updown: true,
      learn_sigma: true,
    },
  },
  secondary: { file: 'secondary.safetensors', architecture: 'secondary-diffusion-2' },
  clip: [
    { name: 'ViTB32', file: 'vit.safetensors', architecture: 'openai-clip' },
    { name: 'RN50', file: 'rn50.safetensors', architecture: 'openai-clip' },
  ],
  lpips: { file: 'lpips.safetensors', architecture: 'lpips-vgg16' },
}

/** The checkpoints as a pack, and the numbers that both sides start from: NAME.f32, -1..1 (cuts: 0..1). */
export function writeInputs(folder: string): void {
  const pixels = 3 * size[0] * size[1]
  const wave = (length: number, step: number) =>
    Float32Array.from({ length }, (_, k) => Math.sin(step * (k + 1) ** 1.3))
  const write = (name: string, numbers: Float32Array) =>
    writeFileSync(join(folder, `${name}.f32`), new Uint8Array(numbers.buffer))
  write('x', wave(pixels, 0.7))
  write('g', wave(pixels, 1.1))
  write('targets', wave(1024, 1.7))
  write(
    'cuts',
    wave(16 * 3 * 224 * 224, 0.3).map((value) => (value + 1) / 2),
  )
  writeFileSync(join(folder, 'pack.json'), JSON.stringify(manifest))
}

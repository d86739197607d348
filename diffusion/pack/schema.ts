import { z } from 'zod'
import { clipNames } from '#study'

const file = {
  /** Name of a file in the pack's own folder. */
  file: z.string().regex(/^[^/\\\0]+$/, 'must be the name of a file in the pack folder'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
}

/** "1,1,2" or [0.5, 1, 2]; empty means derived from image_size. */
const channelMult = z
  .union([z.string(), z.array(z.number().positive())])
  .transform((value) => (typeof value === 'string' ? value.split(',').filter(Boolean).map(Number) : value))
  .pipe(z.array(z.number().positive('must be positive numbers, as in "1,1,2"')))

/** "32,16,8": picture sides, at image_size, where attention acts. */
const attentionResolutions = z
  .union([z.string(), z.array(z.number())])
  .transform((value) => (typeof value === 'string' ? value.split(',').filter(Boolean).map(Number) : value))
  .pipe(z.array(z.int().positive('must be whole numbers, as in "32,16,8"')))

const unetConfig = z.object({
  image_size: z.int().positive(),
  num_channels: z.int().positive().default(128),
  channel_mult: channelMult.default([]),
  num_res_blocks: z.int().positive().default(2),
  attention_resolutions: attentionResolutions.default([16, 8]),
  num_heads: z.int().positive().default(4),
  num_head_channels: z.int().default(-1),
  resblock_updown: z.boolean().default(false),
  use_scale_shift_norm: z.boolean().default(true),
  learn_sigma: z.boolean().default(false),
  class_cond: z.literal(false, 'class-conditional networks are not supported').default(false),
  noise_schedule: z.literal('linear').default('linear'),
  rescale_timesteps: z.literal(true).default(true),
  use_new_attention_order: z.boolean().default(false),
  /** Groups of every GroupNorm; 32 in all published checkpoints. */
  norm_groups: z.int().positive().default(32),
  /** What the first three output channels are: the noise, or v = α·eps − σ·x0. */
  predicts: z.enum(['eps', 'v']).default('eps'),
})

const clipEntry = z.object({
  ...file,
  /** The settings switch this network answers to: ViTB32, RN50 … */
  name: z.enum(clipNames, `must be one of ${clipNames.join(', ')}`),
  title: z.string().optional(),
  architecture: z.literal('openai-clip'),
  activation: z.enum(['quick_gelu', 'gelu']).default('quick_gelu'),
})

/** pack.json: which files hold which networks. Sizes are read from the tensors. */
export const packManifest = z.object({
  name: z.string().min(1),
  title: z.string().optional(),
  licence: z.string().optional(),
  native_size: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  defaults: z.record(z.string(), z.unknown()).default({}),
  usual: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
  denoiser: z.object({ ...file, architecture: z.literal('guided-diffusion'), config: unetConfig }),
  secondary: z.object({ ...file, architecture: z.literal('secondary-diffusion-2') }).optional(),
  clip: z
    .array(clipEntry)
    .min(1, 'needs at least one CLIP')
    .refine(
      (all) => new Set(all.map(({ name }) => name)).size === all.length,
      'two CLIPs answer to the same name',
    ),
  lpips: z
    .object({
      ...file,
      /** The weights of the five taps, where they are published apart from VGG16. */
      taps: z.object(file).optional(),
      architecture: z.literal('lpips-vgg16'),
    })
    .optional(),
})

export type PackManifest = z.infer<typeof packManifest>
export type UnetConfig = z.infer<typeof unetConfig>
export type ClipEntry = z.infer<typeof clipEntry>

import { noCosts } from './pack-costs.ts'
import type { PackInfo } from './pack-info.ts'

/** Figures like those of the starter pack, for tests. */
export const smallPack: PackInfo = {
  name: 'starter',
  title: 'Starter pack',
  hash: 'f'.repeat(64),
  nativeSize: [64, 64],
  defaults: {
    text_prompts: { '0': ['a lighthouse by the sea at sunset'] },
    steps: 25,
    skip_steps: 0,
    width_height: [64, 64],
    clip_guidance_scale: 500,
    cut_overview: '[4]*1000',
    cut_innercut: '[2]*400+[3]*600',
    cutn_batches: 1,
  },
  usual: { clip_guidance_scale: [50, 5000] },
  clip: [{ name: 'ViTB32', resolution: 32, contextLength: 64, merges: 1500, embed: 128 }],
  secondary: true,
  lpips: false,
  parameterCount: 5_100_000,
  costs: {
    denoiser: {
      weights: 4_100_000,
      forward: [131, 0],
      keeping: [1188, 0.0077],
      backward: [1393, 0.0077],
      kept: [1185, 0.0077],
      work: [140_700, 0],
      workBack: [141_600, 0],
      recomputing: [400, 0.004],
      keepsUpTo: 500_000,
    },
    secondary: {
      weights: 1_100_000,
      forward: [67, 0],
      keeping: [120, 0],
      backward: [152, 0],
      kept: [87, 0],
      work: [24_460, 0.077],
      workBack: [24_460, 0.077],
    },
    clip: { ViTB32: { weights: 840_900, textWeights: 683_300, alive: 553_900, work: 116e6 } },
    lpips: null,
  },
}

/** The least a pack can be that renders, for tests that look at nothing inside it. */
export const barePack: PackInfo = {
  name: 'starter',
  title: 'Starter pack',
  hash: 'a'.repeat(64),
  nativeSize: [64, 64],
  defaults: { steps: 25, width_height: [64, 64], skip_steps: 0 },
  usual: {},
  clip: [{ name: 'ViTB32', resolution: 32, contextLength: 77, merges: 2000, embed: 64 }],
  secondary: true,
  lpips: false,
  parameterCount: 1,
  costs: noCosts,
}

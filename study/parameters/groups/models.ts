import { boolean, type Definition, text } from '../define.ts'

const clip = (value: boolean, help: string, since = '5.2'): Definition<'boolean', boolean> =>
  boolean(value, {
    stage: 'models',
    since,
    help,
    cost: 'each CLIP model adds its own time per cut',
    memory: 'each CLIP model adds its weights',
  })

const openClip = (architecture: string, data: string) =>
  clip(
    false,
    `${architecture} as the OpenCLIP project trained it on ${data}. Another training set gives another taste in style and subject.`,
    '5.5',
  )

/** One switch per CLIP model, in the order in which a run uses them (it decides the order of random draws). */
export const clipParameters = {
  ViTB32: clip(
    true,
    'The fastest CLIP, with a sense for the whole rather than for detail. A good base for any mix.',
  ),
  ViTB16: clip(
    true,
    'Sees finer patches than ViTB32 and takes roughly twice the time. Adds definition to shapes.',
  ),
  ViTL14: clip(
    false,
    'A large CLIP with a good grasp of prompts and of fine structure. Slow, and hungry for memory.',
  ),
  ViTL14_336px: clip(
    false,
    'ViTL14 looking at larger cuts. The most detailed and the slowest of the vision transformers.',
    '5.3',
  ),
  RN50: clip(true, 'A small convolutional CLIP. It likes texture and pairs well with the transformers.'),
  RN50x4: clip(false, 'A wider RN50 looking at larger cuts: more coherent detail at more time and memory.'),
  RN50x16: clip(false, 'A much wider RN50: rich detail, slow, and it wants fewer cuts at a time.'),
  RN50x64: clip(false, 'The widest RN50, only for cards with a lot of memory and few cuts.'),
  RN101: clip(false, 'A deeper RN50 with a similar taste and a steadier hand for small forms.'),
  ViTB32_laion2b_e16: openClip('ViTB32', 'the two billion pictures of LAION-2B'),
  ViTB32_laion400m_e31: openClip('ViTB32', 'LAION-400M, 31 epochs'),
  ViTB32_laion400m_32: openClip('ViTB32', 'LAION-400M, 32 epochs'),
  ViTB32quickgelu_laion400m_e31: openClip('ViTB32 with QuickGELU', 'LAION-400M, 31 epochs'),
  ViTB32quickgelu_laion400m_e32: openClip('ViTB32 with QuickGELU', 'LAION-400M, 32 epochs'),
  ViTB16_laion400m_e31: openClip('ViTB16', 'LAION-400M, 31 epochs'),
  ViTB16_laion400m_e32: openClip('ViTB16', 'LAION-400M, 32 epochs'),
  RN50_yffcc15m: openClip('RN50', 'the 15 million photographs of YFCC15M'),
  RN50_cc12m: openClip('RN50', 'the 12 million captions of CC12M'),
  RN50_quickgelu_yfcc15m: openClip('RN50 with QuickGELU', 'YFCC15M'),
  RN50_quickgelu_cc12m: openClip('RN50 with QuickGELU', 'CC12M'),
  RN101_yfcc15m: openClip('RN101', 'YFCC15M'),
  RN101_quickgelu_yfcc15m: openClip('RN101 with QuickGELU', 'YFCC15M'),
}

export const modelParameters = {
  diffusion_model: text('512x512_diffusion_uncond_finetune_008100', {
    stage: 'models',
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'The denoiser named in settings files. Here the pack of the study brings the denoiser, so the name is kept for exchange and nothing else.',
  }),
  custom_path: text('/content/drive/MyDrive/deep_learning/ddpm/ema_0.9999_058000.pt', {
    stage: 'models',
    since: '5.4',
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'Where the notebook looked for a denoiser of your own. Here such a file becomes a pack.',
  }),
  use_secondary_model: boolean(true, {
    stage: 'guidance',
    cost: 'off: about twice the time per step',
    memory: 'off: more than twice the memory',
    help: 'Lets a small second network foresee the picture for CLIP. Off, the large denoiser does it: slower, with more faithful guidance.',
  }),
  use_checkpoint: boolean(true, {
    stage: 'models',
    axis: false,
    needs: { parameter: 'use_secondary_model', equals: false },
    cost: 'off: less time per step without the secondary model',
    memory: 'off: several gigabytes more without the secondary model',
    help: 'Without the secondary model, gradients go through the large denoiser: on, what they need of it is computed twice instead of being kept, where that is much. The picture stays the same but for rounding.',
  }),
  check_model_SHA: boolean(false, {
    stage: 'models',
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'Verified downloads in the notebook. Packs are always verified here.',
  }),
  useCPU: boolean(false, {
    stage: 'models',
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'Forced the notebook onto the processor. Here the device is chosen when a worker starts.',
  }),
  ...clipParameters,
}

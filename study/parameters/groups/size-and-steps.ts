import { choice, integer, size } from '../define.ts'

export const sizeAndStepsParameters = {
  steps: integer(250, {
    stage: 'sampler',
    min: 2,
    max: 10_000,
    usual: [50, 500],
    cost: 'time grows in proportion',
    help: 'How many denoising steps lead from noise to picture. More steps give finer, calmer detail up to a point; fewer give a quick, rougher look.',
  }),
  width_height: size([1280, 768], {
    stage: 'models',
    min: 64,
    max: 4096,
    usual: [512, 1280],
    cost: 'time grows with the area',
    memory: 'grows with the area',
    aliases: ['width_height_for_512x512_models', 'width_height_for_256x256_models'],
    help: 'Width and height of the picture. Each side is rounded down to a multiple of 64; far above the native size of the pack, motifs tend to repeat.',
  }),
  skip_steps: integer(10, {
    stage: 'sampler',
    min: 0,
    max: 9_999,
    usual: [0, 125],
    cost: 'skipped steps cost nothing',
    help: 'Leaves out the first, noisiest steps. Without a start image a few smooth the beginning; with one, about half of the steps keeps its composition.',
  }),
  diffusion_sampling_mode: choice(['ddim', 'plms'], 'ddim', {
    stage: 'sampler',
    help: 'The rule that takes one step to the next. ddim reacts to eta and is the usual choice; plms needs fewer steps but forgoes eta and symmetry.',
  }),
}

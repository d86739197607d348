import { boolean, choice, image, number, numbers } from '../define.ts'

export const startImageParameters = {
  init_image: image(null, {
    stage: 'start',
    help: 'A picture to start from instead of pure noise, stretched to the size of the result. Use it together with skip_steps. Pictures are uploaded; nothing is fetched from the web by itself.',
  }),
  init_scale: number(1000, {
    stage: 'guidance',
    min: 0,
    usual: [10, 20_000],
    help: 'How firmly the result holds on to the look of its start image. It does nothing without one.',
  }),
  perlin_init: boolean(false, {
    stage: 'start',
    help: 'Starts from soft clouds of colour instead of pure noise, in place of any start image. Gives painterly, abstract beginnings.',
  }),
  perlin_mode: choice(['mixed', 'color', 'gray'], 'mixed', {
    stage: 'start',
    needs: { parameter: 'perlin_init', equals: true },
    help: 'The colours of the clouds of perlin_init: coloured, grey, or some of both.',
  }),
  use_vertical_symmetry: boolean(false, {
    stage: 'sampler',
    since: '5.3',
    needs: { parameter: 'diffusion_sampling_mode', equals: 'ddim' },
    help: 'Mirrors the upper half onto the lower at the moments of transformation_percent, as in still water.',
  }),
  use_horizontal_symmetry: boolean(false, {
    stage: 'sampler',
    since: '5.3',
    needs: { parameter: 'diffusion_sampling_mode', equals: 'ddim' },
    help: 'Mirrors the left half onto the right at the moments of transformation_percent; the steps after it grow apart again.',
  }),
  transformation_percent: numbers([0.09], {
    stage: 'sampler',
    since: '5.3',
    min: 0,
    max: 1,
    usual: [0.05, 0.5],
    help: 'When symmetry is applied, as shares of the run: 0.09 is early and leaves room to diverge, later moments mirror more strictly. Several may be listed.',
  }),
}

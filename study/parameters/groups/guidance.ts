import { boolean, choice, integer, number } from '../define.ts'

export const guidanceParameters = {
  clip_guidance_scale: number(5000, {
    stage: 'guidance',
    min: 0,
    usual: [1500, 100_000],
    help: 'How strongly CLIP pulls the picture towards the prompts. Too little and the subject dissolves, too much and colours burn; larger pictures want more.',
  }),
  tv_scale: number(0, {
    stage: 'guidance',
    min: 0,
    usual: [0, 1000],
    help: 'Rewards smooth neighbouring pixels. Raise it when the picture is grainy, lower it when it turns soft.',
  }),
  range_scale: number(150, {
    stage: 'guidance',
    min: 0,
    usual: [0, 1000],
    needs: { parameter: 'behaviour', equals: 'corrected' },
    acts: 'never',
    help: 'Holds back pixels beyond the displayable range, for gentler contrast. The notebook never let it reach the picture; here it acts when behaviour is corrected.',
  }),
  sat_scale: number(0, {
    stage: 'guidance',
    min: 0,
    usual: [0, 20_000],
    help: 'Tames over-saturated colour. Worth trying when a high clip_guidance_scale makes the picture glow.',
  }),
  clamp_grad: boolean(true, {
    stage: 'guidance',
    help: 'Limits how far guidance may move the picture in one step. Without it strong guidance breaks pictures easily.',
  }),
  clamp_max: number(0.05, {
    stage: 'guidance',
    min: 0,
    usual: [0.01, 0.3],
    needs: { parameter: 'clamp_grad', equals: true },
    help: 'The limit that clamp_grad sets. Higher gives bolder colour, contrast and subject, but also harsher artefacts; at 0 nothing guides.',
  }),
  clip_denoised: boolean(false, {
    stage: 'sampler',
    help: 'Cuts the predicted picture to the displayable range at every step. It keeps contrast in check but can flatten bright and dark areas.',
  }),
  randomize_class: boolean(true, {
    stage: 'guidance',
    acts: 'never',
    pixels: false,
    axis: false,
    help: 'Left over from models that knew classes. The models used here do not, so it changes nothing.',
  }),
  cutn_batches: integer(4, {
    stage: 'cuts',
    min: 1,
    max: 64,
    usual: [1, 8],
    cost: 'the CLIP part of every step grows in proportion',
    help: 'How many sets of cuts CLIP judges before each step. More sets mean steadier guidance and cleaner shapes without needing more memory.',
  }),
  behaviour: choice(['disco-5.2', 'disco-5.6', 'corrected'], 'disco-5.6', {
    stage: 'models',
    since: 'teststrip',
    help: 'Which Disco Diffusion to repeat, quirks and all. corrected mends what hurts a study: prompt weights stay out of the words, range_scale acts, and a step without cuts is simply unguided.',
  }),
}

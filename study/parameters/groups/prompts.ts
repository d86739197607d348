import { boolean, number, prompts } from '../define.ts'

const lighthouse =
  'A beautiful painting of a singular lighthouse, shining its light across a tumultuous sea of blood by greg rutkowski and thomas kinkade, Trending on artstation.'

export const promptParameters = {
  text_prompts: prompts(
    { '0': [lighthouse, 'yellow color scheme'] },
    {
      stage: 'prompts',
      help: 'What the picture should show, one line per idea. End a line with a colon and a number to weigh it; a negative weight pushes the picture away from it.',
    },
  ),
  image_prompts: prompts(
    {},
    {
      stage: 'prompts',
      help: 'Pictures that CLIP should find similar to the result, with an optional weight after a colon. They steer mood and colour rather than copy shapes. Pictures are uploaded; nothing is fetched from the web by itself.',
    },
  ),
  fuzzy_prompt: boolean(false, {
    stage: 'prompts',
    help: 'Adds 25 noisy copies of every prompt, so that the picture wanders around its meaning instead of aiming at one point.',
  }),
  rand_mag: number(0.05, {
    stage: 'prompts',
    min: 0,
    usual: [0, 1],
    needs: { parameter: 'fuzzy_prompt', equals: true },
    help: 'How far the noisy copies of fuzzy_prompt stray from the prompt. Near 0 they are the prompt itself; near 1 little of it is left.',
  }),
}

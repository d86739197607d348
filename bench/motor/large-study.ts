import type { StudyFile } from '#study'

/** Six axes, 100,000 cells, one skip rule, a prompt with weights: what people really ask for, at its largest. */
export const largeStudy: StudyFile = {
  teststrip: 1,
  title: 'Six axes',
  pack: 'small',
  recipe: { text_prompts: { '0': ['a red and white lighthouse by the sea at sunset:2', 'fog:-0.5'] } },
  axes: [
    'clip_guidance_scale 100..1000 count 10',
    'eta 0..0.9 step 0.1',
    'tv_scale 0..900 step 100',
    'sat_scale 0..900 step 100',
    'cut_ic_pow 1, 5',
    'seeds 5 from 1',
  ],
  skip: ['eta > 0.8 and tv_scale >= 900'],
}

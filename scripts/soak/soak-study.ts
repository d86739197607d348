import type { StudyFile } from '#study'

const small = { text_prompts: { '0': ['a red and white lighthouse by the sea at sunset'] } }

/**
 * The studies of a soak, one after another without end: small pictures, so that dozens of kills meet hundreds of
 * renders. Every second one shares half of its renders with the one before, which is often still under way; every
 * fourth is of few long renders, which only their checkpoints bring to an end.
 */
export function soakStudy(n: number): StudyFile {
  const from = 1_000 * (n - (n % 2))
  const isLong = n % 4 === 3

  return {
    teststrip: 1,
    title: `Soak ${n + 1}`,
    pack: 'starter',
    recipe: { ...small, steps: isLong ? 200 : 8 },
    axes: isLong
      ? [`seed seeds 2 from ${from}`]
      : [`seed seeds 4 from ${from}`, `clip_guidance_scale ${n % 2 === 0 ? '0, 500' : '500, 2000'}`],
  }
}

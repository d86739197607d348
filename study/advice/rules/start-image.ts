import type { RecipeRule } from '../advice.ts'

export const startImageRules: readonly RecipeRule[] = [
  {
    id: 'perlin-over-init',
    reads: ['perlin_init', 'init_image'],
    say: ({ perlin_init, init_image }) =>
      perlin_init && init_image !== null
        ? { says: 'perlin_init will override init_image.', fix: { perlin_init: false } }
        : null,
  },
  {
    id: 'init-needs-skip',
    reads: ['init_image', 'skip_steps', 'steps'],
    say: ({ init_image, perlin_init, skip_steps, steps }) => {
      if (init_image === null || perlin_init || skip_steps >= steps / 4) return null
      const half = Math.round(steps / 2)

      return {
        says: `skip_steps is ${skip_steps} with an init_image; the guide suggests about 50 % of the steps (${half}), which keeps its composition.`,
        fix: { skip_steps: half },
      }
    },
  },
  {
    id: 'skip-without-init',
    reads: ['skip_steps', 'steps', 'init_image', 'perlin_init'],
    say: ({ skip_steps, steps, init_image, perlin_init }) => {
      if (init_image !== null || perlin_init || skip_steps >= steps || skip_steps <= steps * 0.4) return null

      return {
        says: `skip_steps leaves out ${Math.round((100 * skip_steps) / steps)} % of the steps without a start image; little of the composition will form.`,
        fix: { skip_steps: Math.round(steps / 20) },
      }
    },
  },
  {
    id: 'init-not-held',
    reads: ['init_image', 'init_scale'],
    everywhere: true,
    say: ({ init_image, perlin_init, init_scale, skip_steps, steps }, { pack }) =>
      pack.lpips && init_image !== null && !perlin_init && init_scale === 0 && skip_steps < steps * 0.6
        ? 'init_scale is 0, so nothing holds the picture to its init_image after the first step.'
        : null,
  },
]

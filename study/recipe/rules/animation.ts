import { frameCount } from '../../key-frames/frames-of.ts'
import { largestSeed } from '../../parameters/groups/noise-and-seed.ts'
import type { Rule } from './rule.ts'

/** What the frames of an animation need beside what a still needs. */
export const animationRules: readonly Rule[] = [
  {
    parameter: 'key_frames',
    reads: ['key_frames', 'behaviour'],
    check: ({ key_frames, behaviour }) =>
      key_frames || behaviour === 'corrected'
        ? null
        : 'key_frames must be true, but is false: without it Disco Diffusion stops before its first step (behaviour corrected does not mind).',
  },
  {
    parameter: 'seed',
    reads: ['seed', 'behaviour', 'animation_mode', 'max_frames'],
    check(recipe) {
      const last = recipe.seed + frameCount(recipe) - 1

      return last <= largestSeed || recipe.behaviour === 'corrected'
        ? null
        : `seed ${recipe.seed} grows by 1 in each of ${recipe.max_frames} frames, up to ${last}, but Disco Diffusion takes no seed above ${largestSeed} (behaviour corrected goes on at 0).`
    },
  },
  {
    parameter: 'frames_scale',
    reads: ['frames_scale', 'animation_mode', 'max_frames'],
    check: (recipe, { pack }) =>
      frameCount(recipe) > 1 && recipe.frames_scale > 0 && !pack.lpips
        ? `frames_scale must be 0: the pack "${pack.name}" has no LPIPS network to hold frames together, but is ${recipe.frames_scale}.`
        : null,
  },
]

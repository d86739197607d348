import { completeRecipe } from '../../recipe/complete-recipe.ts'
import type { RecipeRule } from '../advice.ts'

/** Guidance may be off by this factor from what the area asks for before it is worth a word. */
const tolerated = 3

const roundly = (value: number): number => Number(value.toPrecision(2))

export const guidanceRules: readonly RecipeRule[] = [
  {
    id: 'guidance-for-area',
    reads: ['clip_guidance_scale', 'width_height'],
    say: ({ clip_guidance_scale, width_height: [width, height] }, { pack }) => {
      const standard = completeRecipe({}, pack)
      const area = (width * height) / (standard.width_height[0] * standard.width_height[1])
      const wanted = roundly(standard.clip_guidance_scale * area)
      if (clip_guidance_scale === 0 || wanted === 0 || (area > 0.5 && area < 2)) return null
      const isWeak = area >= 2 && clip_guidance_scale < wanted / tolerated
      const isStrong = area <= 0.5 && clip_guidance_scale > wanted * tolerated
      if (!isWeak && !isStrong) return null

      return {
        says: `clip_guidance_scale grows with the area of the picture in the guide: ${width} × ${height} is ${roundly(area)} times the usual, which asks for about ${wanted}.`,
        fix: { clip_guidance_scale: wanted },
      }
    },
  },
  {
    id: 'native-size',
    reads: ['width_height'],
    say: ({ width_height: [width, height] }, { pack: { nativeSize } }) => {
      const ratio = (width * height) / (nativeSize[0] * nativeSize[1])

      return ratio > 4
        ? `${width} × ${height} is ${ratio.toFixed(1)} times the area the pack was trained at (${nativeSize.join(' × ')}); motifs may repeat.`
        : null
    },
  },
  {
    id: 'unguided',
    reads: ['clip_guidance_scale'],
    everywhere: true,
    say: ({ clip_guidance_scale }, { pack }) =>
      clip_guidance_scale === 0
        ? {
            says: 'clip_guidance_scale is 0, so the prompts do nothing.',
            fix: { clip_guidance_scale: completeRecipe({}, pack).clip_guidance_scale },
          }
        : null,
  },
  {
    id: 'clamp-off',
    reads: ['clamp_grad'],
    everywhere: true,
    say: ({ clamp_grad }) =>
      !clamp_grad
        ? {
            says: 'clamp_grad is off, so nothing limits how far guidance moves the picture in one step; it breaks pictures easily.',
            fix: { clamp_grad: true },
          }
        : null,
  },
  {
    id: 'clamp-to-nothing',
    reads: ['clamp_grad', 'clamp_max'],
    everywhere: true,
    say: ({ clamp_grad, clamp_max }, { pack }) =>
      clamp_grad && clamp_max === 0
        ? {
            says: 'clamp_max is 0, so guidance is held back entirely.',
            fix: { clamp_max: completeRecipe({}, pack).clamp_max || 0.05 },
          }
        : null,
  },
  {
    id: 'tv-outweighs',
    reads: ['tv_scale', 'clip_guidance_scale'],
    everywhere: true,
    say: ({ tv_scale, clip_guidance_scale }) =>
      clip_guidance_scale > 0 && tv_scale > clip_guidance_scale * 20
        ? `tv_scale ${tv_scale} outweighs clip_guidance_scale ${clip_guidance_scale} many times over; expect a soft picture with little of the prompt.`
        : null,
  },
]

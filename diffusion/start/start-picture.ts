import type { Recipe } from '#study'
import type { Pictures } from '../image/index.ts'
import type { NoiseSource } from '../random/index.ts'
import { initImage } from './init-image.ts'
import { perlinInit } from './perlin-init.ts'

export interface StartNow {
  noise: NoiseSource
  /** Is this the first draw since the noise was seeded and the prompts were drawn? */
  fresh: boolean
}

/**
 * What a still starts from, [3, H, W] in -1 .. 1, or null for noise alone: clouds, which are drawn anew for every
 * picture and go before any init_image, or that image.
 */
export function startPicture(recipe: Recipe, pictures: Pictures): (now: StartNow) => Float32Array | null {
  const { perlin_init, perlin_mode, init_image, width_height: size } = recipe

  if (perlin_init) {
    return ({ noise, fresh }) => {
      // DD draws clouds when it has seeded and throws them away; a torch stream has then moved on.
      if (fresh && noise.mode === 'torch') perlinInit(perlin_mode, size, noise)

      return perlinInit(perlin_mode, size, noise)
    }
  }

  const picture = init_image === null ? null : initImage(pictures.get(init_image)!, size)

  return () => picture
}

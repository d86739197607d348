import type { Problem } from '../errors.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { parameters } from '../parameters/parameter.ts'

/** What image libraries take for one picture unless told otherwise. */
const mostPixels = 16_383 ** 2

/**
 * A cell of a study shows one picture: the pictures of n_batches side by side while they fit into one file; frames are
 * refused, in one sentence.
 */
export function checkOnePicture(base: Recipe): Problem[] {
  const { n_batches, width_height } = base
  const pixels = Math.ceil(Math.sqrt(n_batches)) ** 2 * width_height[0] * width_height[1]
  const frames = parameters
    .filter(({ name, studies, default: standard }) => !studies && base[name] !== standard)
    .map(({ name, default: standard }) => ({
      message: `${name} ${show(base[name])} makes several pictures, but a cell of a study shows one; set it to ${show(standard)}, or use "teststrip render".`,
      parameter: name,
    }))

  if (pixels <= mostPixels) return frames

  return [
    ...frames,
    {
      message: `n_batches ${n_batches} at ${width_height.join(' × ')} makes a cell of ${Math.round(pixels / 1e6)} megapixels, more than the ${Math.floor(mostPixels / 1e6)} one file holds; lower it, or use an axis of seeds.`,
      parameter: 'n_batches',
    },
  ]
}

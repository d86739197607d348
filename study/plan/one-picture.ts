import { isRunAxis } from '../axis/axis.ts'
import type { Problem } from '../errors.ts'
import { show } from '../parameters/check-value.ts'
import { parameters } from '../parameters/parameter.ts'
import type { Plan } from './plan.ts'

/** What image libraries take for one picture unless told otherwise. */
const mostPixels = 16_383 ** 2

/**
 * A cell of a study shows one picture: the pictures of n_batches side by side while they fit into one file; frames are
 * refused, in one sentence.
 */
export function checkOnePicture({ base, axes }: Pick<Plan, 'base' | 'axes'>): Problem[] {
  const { n_batches, width_height } = base
  if (
    axes.some(isRunAxis) &&
    (n_batches > 1 || axes.some(({ parameters }) => parameters.includes('n_batches')))
  )
    return [
      {
        message: 'step shows pictures of one run, but n_batches makes several; set n_batches to 1.',
        parameter: 'n_batches',
      },
    ]

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

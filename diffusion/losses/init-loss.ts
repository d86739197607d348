import { TeststripError } from '#study'
import type { Networks, Size } from '../networks/index.ts'

/**
 * init loss of x [3, H, W]: its LPIPS distance to the picture the run started from. Adds scale · gradient to `into` and
 * returns the unscaled loss.
 */
export async function initLoss(
  { lpips }: Networks,
  x: Float32Array,
  init: Float32Array,
  size: Size,
  scale: number,
  into: Float32Array,
): Promise<number> {
  if (!lpips) {
    throw new TeststripError(
      'invalid_input',
      'init_scale holds on to a start image by LPIPS, which this pack does not have: set init_scale to 0 or choose another pack.',
      { parameter: 'init_scale' },
    )
  }

  const { value, gradient } = await lpips.distance(x, init, size)

  for (let k = 0; k < into.length; k++) into[k]! += scale * gradient[k]!

  return value
}

import { asin, atLeast, div, mul, reduceSum, reshape, sqrt, square, sub, type Value } from '../graph/index.ts'
import { clipDeviation, clipMean } from './normalise-cuts.ts'

/** Cuts [k, 3, r, r] in 0..1 as CLIP wants them. */
export function normalised(cuts: Value): Value {
  const table = (values: number[]) => cuts.graph.constant(Float32Array.from(values), [3, 1, 1])

  return cuts.graph.exactly(() => div(sub(cuts, table(clipMean)), table(clipDeviation)))
}

/** Vectors along the last axis brought to length one (those below 1e-12 stay short, as in torch). */
function unit(x: Value): Value {
  return div(x, sqrt(atLeast(reduceSum(square(x), [x.shape.length - 1]), 1e-24)))
}

/**
 * Disco Diffusion's spherical distance d[k, p, 0] = 2·asin(|ê_k − t̂_p| / 2)² of embeddings [k, n] to targets [p, n]:
 * half the square of the angle. Its gradient is zero, not NaN, where the two coincide.
 */
export function sphericalDistance(embeddings: Value, targets: Value): Value {
  const [k, n] = embeddings.shape

  return embeddings.graph.exactly(() => {
    const apart = sub(reshape(unit(embeddings), [k!, 1, n!]), unit(targets))
    const length = sqrt(atLeast(reduceSum(square(apart), [2]), 1e-24))

    return mul(square(asin(mul(length, 0.5))), 2)
  })
}

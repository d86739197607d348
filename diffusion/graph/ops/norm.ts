import { TeststripError } from '#study'
import type { Value } from '../graph.ts'
import { known } from '../shape.ts'
import { add, div, mul, sqrt, sub } from './elementwise.ts'
import { expand, reshape } from './layout.ts'
import { reduceMean, reduceSum } from './reduce.ts'

/** Normalises the last axis of x, then x̂·weight + bias (both [last]). */
export function layerNorm(x: Value, weight: Value, bias: Value, epsilon = 1e-5): Value {
  const { graph, shape } = x
  const last = shape.length - 1
  const statistics = shape.map((dim, axis) => (axis === last ? 1 : dim))
  const [y, mean, inverse] = graph.nodeOf(
    'LayerNormalization',
    [x, weight, bias],
    { attributes: { axis: { int: -1 }, epsilon: { float: epsilon } } },
    [{ shape }, { shape: statistics }, { shape: statistics }],
  ) as [Value, Value, Value]

  return graph.differentiable([x, weight, bias], y, [
    (g) => {
      const h = mul(g, weight)
      const normal = mul(sub(x, mean), inverse)
      const along = mul(normal, reduceMean(mul(h, normal), [last]))

      return mul(sub(sub(h, reduceMean(h, [last])), along), inverse)
    },
    null,
    null,
  ])
}

/**
 * x·scale + shift per channel, x [1, c, h, w], scale and shift [c]: one pass over x. ONNX calls this a
 * BatchNormalization with mean 0 and variance 1.
 */
function channelAffine(x: Value, scale: Value, shift: Value): Value {
  const { graph, shape } = x
  const channels = known(shape[1])
  const filled = (value: number) => graph.constant(new Float32Array(channels).fill(value))

  return graph.node('BatchNormalization', [x, scale, shift, filled(0), filled(1)], {
    shape,
    attributes: { epsilon: { float: 0 } },
  })
}

/**
 * Group normalisation of x [1, c, h, w], then x̂·weight + bias (both [c], not to depend on what is differentiated).
 * One composite: per channel y = x·a + b, and backwards x̄ = g·a + x·q + t with per-channel q and t, so that only
 * x itself is kept for the way back.
 */
export function groupNorm(x: Value, groups: number, weight: Value, bias: Value, epsilon = 1e-5): Value {
  const { graph, shape } = x
  const [n, channels, height, width] = shape.map(known) as [number, number, number, number]
  if (n !== 1 || channels % groups !== 0)
    throw new TeststripError('internal', `${groups} groups do not fit [${shape.join(', ')}]`)
  const each = channels / groups
  const count = each * height * width
  const perGroup = (v: Value) => reshape(v, [groups, each])
  const perChannel = (v: Value) => reshape(v, [channels])

  const forward = graph.untaped(() => {
    const grouped = reshape(x, [groups, count])
    const mean = reduceMean(grouped, [1])
    const squares = graph.node('ReduceSumSquare', [grouped, graph.ints([1])], {
      shape: [groups, 1],
      attributes: { keepdims: { int: 1 } },
    })
    const variance = sub(mul(squares, 1 / count), mul(mean, mean))
    const inverse = div(1, sqrt(add(variance, epsilon)))
    const gain = mul(perGroup(weight), inverse)
    const shift = sub(perGroup(bias), mul(gain, mean))

    return { mean, inverse, gain, y: channelAffine(x, perChannel(gain), perChannel(shift)) }
  })

  return graph.differentiable([x, weight, bias], forward.y, [
    (g) => {
      const { mean, inverse, gain } = forward
      const sums = (v: Value) => perGroup(reduceSum(v, [0, 2, 3]))
      const sumG = reduceSum(mul(gain, sums(g)), [1])
      const sumGX = reduceSum(mul(gain, sums(mul(g, x))), [1])
      const slope = mul(mul(inverse, inverse), mul(sub(sumGX, mul(mean, sumG)), -1 / count))
      const offset = sub(mul(sumG, -1 / count), mul(slope, mean))
      const wide = (v: Value) => perChannel(expand(v, [groups, each]))
      const straight = channelAffine(g, perChannel(gain), wide(offset))

      return add(straight, channelAffine(x, wide(slope), graph.constant(new Float32Array(channels))))
    },
    null,
    null,
  ])
}

import { TeststripError } from '#study'
import type { Value } from '../graph.ts'
import { type Dim, product } from '../shape.ts'
import { add, constantLike, div, mul, sqrt, sub } from './elementwise.ts'
import { expand, reshape } from './layout.ts'
import { reduceMean, reduceSum } from './reduce.ts'

/** Normalises the last axis of x, then x̂·weight + bias (both [last]). */
export function layerNorm(x: Value, weight: Value, bias: Value, epsilon = 1e-5): Value {
  return x.graph.exactly(() => exactLayerNorm(x, weight, bias, epsilon))
}

function exactLayerNorm(x: Value, weight: Value, bias: Value, epsilon: number): Value {
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
 * x·scale + shift per picture and channel, x [n, c, h, w], scale and shift of n·c numbers: one pass over x. ONNX
 * calls this a BatchNormalization with mean 0 and variance 1 of one picture of n·c channels.
 */
function channelAffine(x: Value, scale: Value, shift: Value): Value {
  const { graph, shape } = x
  const [n, channels, height, width] = shape as [Dim, number, number, number]
  const planes = product([n, channels])
  const flat = (v: Value) => reshape(v, [planes])
  const [mean, variance] = [0, 1].map((value) => constantLike(flat(scale), value)) as [Value, Value]
  const y = graph.node(
    'BatchNormalization',
    [reshape(x, [1, planes, height, width]), flat(scale), flat(shift), mean, variance],
    { shape: [1, planes, height, width], attributes: { epsilon: { float: 0 } } },
  )

  return reshape(y, shape)
}

/**
 * Group normalisation of x [n, c, h, w], then x̂·weight + bias (both [c] or [n, c], not to depend on what is
 * differentiated). One composite: per channel y = x·a + b, and backwards x̄ = g·a + x·q + t with per-channel q and t,
 * so that only x itself is kept for the way back.
 */
export function groupNorm(x: Value, groups: number, weight: Value, bias: Value, epsilon = 1e-5): Value {
  return x.graph.exactly(() => exactGroupNorm(x, groups, weight, bias, epsilon))
}

function exactGroupNorm(x: Value, groups: number, weight: Value, bias: Value, epsilon: number): Value {
  const { graph, shape } = x
  const [n, channels, height, width] = shape as [Dim, number, number, number]
  if (channels % groups !== 0)
    throw new TeststripError('internal', `${groups} groups do not fit [${shape.join(', ')}]`)
  const each = channels / groups
  const count = each * height * width
  const perGroup = (v: Value) => reshape(v, [...v.shape.slice(0, v.shape.length === 1 ? 0 : 1), groups, each])

  const forward = graph.untaped(() => {
    const rows = product([n, groups])
    const grouped = reshape(x, [rows, count])
    const squares = graph.node('ReduceSumSquare', [grouped, graph.ints([1])], {
      shape: [rows, 1],
      attributes: { keepdims: { int: 1 } },
    })
    const mean = reshape(reduceMean(grouped, [1]), [n, groups, 1])
    const variance = sub(reshape(mul(squares, 1 / count), mean.shape), mul(mean, mean))
    const inverse = div(1, sqrt(add(variance, epsilon)))
    const gain = mul(perGroup(weight), inverse)
    const shift = sub(perGroup(bias), mul(gain, mean))

    return { mean, inverse, gain, y: channelAffine(x, gain, shift) }
  })

  return graph.differentiable([x, weight, bias], forward.y, [
    (g) => {
      const { mean, inverse, gain } = forward
      const sums = (v: Value) => perGroup(reduceSum(v, [2, 3]))
      const sumG = reduceSum(mul(gain, sums(g)), [2])
      const sumGX = reduceSum(mul(gain, sums(mul(g, x))), [2])
      const slope = mul(mul(inverse, inverse), mul(sub(sumGX, mul(mean, sumG)), -1 / count))
      const offset = sub(mul(sumG, -1 / count), mul(slope, mean))
      const wide = (v: Value) => expand(v, [n, groups, each])
      const straight = channelAffine(g, gain, wide(offset))

      return add(straight, channelAffine(x, wide(slope), constantLike(gain, 0)))
    },
    null,
    null,
  ])
}

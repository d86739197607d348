import type { Value } from '../graph.ts'
import { known, product, type Shape } from '../shape.ts'
import { add, constantLike, mul, sub } from './elementwise.ts'
import { expand } from './layout.ts'

function kept(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim))
}

/** A reduced cotangent repeated over the shape it was reduced from. */
function spread(g: Value, x: Value): Value {
  return x.shape.every((dim) => typeof dim === 'number') ? expand(g, x.shape) : add(constantLike(x, 0), g)
}

const keepDims = { keepdims: { int: 1 } } as const

/** Sum over axes, which stay as axes of length one. */
export function reduceSum(x: Value, axes: readonly number[]): Value {
  if (axes.length === 0) return x
  const shape = kept(x.shape, axes)

  return x.graph.op('ReduceSum', [x, x.graph.ints(axes)], { shape, attributes: keepDims }, [
    (g) => spread(g, x),
    null,
  ])
}

/** Mean over static axes, which stay as axes of length one. */
export function reduceMean(x: Value, axes: readonly number[]): Value {
  const shape = kept(x.shape, axes)
  const count = known(product(axes.map((axis) => x.shape[axis]!)))

  return x.graph.op('ReduceMean', [x, x.graph.ints(axes)], { shape, attributes: keepDims }, [
    (g) => spread(mul(g, 1 / count), x),
    null,
  ])
}

/** Softmax over the last axis. */
export function softmax(x: Value): Value {
  return x.graph.exactly(() => exactSoftmax(x))
}

function exactSoftmax(x: Value): Value {
  const last = x.shape.length - 1
  const y = x.graph.op('Softmax', [x], { shape: x.shape, attributes: { axis: { int: last } } }, [
    (g) => {
      const t = mul(g, y)

      return sub(t, mul(y, reduceSum(t, [last])))
    },
  ])

  return y
}

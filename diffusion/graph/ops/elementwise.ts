import type { Value } from '../graph.ts'
import { broadcast, sameShape } from '../shape.ts'
import { expand, reshape } from './layout.ts'
import { reduceSum } from './reduce.ts'

type Operand = Value | number

function pair(a: Operand, b: Operand): [Value, Value] {
  const { graph } = (typeof a === 'number' ? b : a) as Value
  const lift = (x: Operand) => (typeof x === 'number' ? graph.scalar(x) : x)

  return [lift(a), lift(b)]
}

/** Sums a cotangent over the axes along which `value` was broadcast. */
function unbroadcast(cotangent: Value, value: Value): Value {
  if (sameShape(cotangent.shape, value.shape)) return cotangent
  const lead = cotangent.shape.length - value.shape.length
  const axes = cotangent.shape.flatMap((dim, axis) =>
    axis < lead || value.shape[axis - lead] !== dim ? [axis] : [],
  )

  return reshape(reduceSum(cotangent, axes), value.shape)
}

export function add(x: Operand, y: Operand): Value {
  const [a, b] = pair(x, y)

  return a.graph.op('Add', [a, b], { shape: broadcast(a.shape, b.shape) }, [
    (g) => unbroadcast(g, a),
    (g) => unbroadcast(g, b),
  ])
}

export function sub(x: Operand, y: Operand): Value {
  const [a, b] = pair(x, y)

  return a.graph.op('Sub', [a, b], { shape: broadcast(a.shape, b.shape) }, [
    (g) => unbroadcast(g, a),
    (g) => unbroadcast(neg(g), b),
  ])
}

export function mul(x: Operand, y: Operand): Value {
  const [a, b] = pair(x, y)

  return a.graph.op('Mul', [a, b], { shape: broadcast(a.shape, b.shape) }, [
    (g) => unbroadcast(mul(g, b), a),
    (g) => unbroadcast(mul(g, a), b),
  ])
}

export function div(x: Operand, y: Operand): Value {
  const [a, b] = pair(x, y)
  const quotient = a.graph.op('Div', [a, b], { shape: broadcast(a.shape, b.shape) }, [
    (g) => unbroadcast(div(g, b), a),
    (g) => unbroadcast(neg(mul(div(g, b), quotient)), b),
  ])

  return quotient
}

export function neg(x: Value): Value {
  return x.graph.op('Neg', [x], { shape: x.shape }, [(g) => neg(g)])
}

export function square(x: Value): Value {
  return x.graph.differentiable(
    [x],
    x.graph.untaped(() => mul(x, x)),
    [(g) => mul(g, mul(x, 2))],
  )
}

export function sqrt(x: Value): Value {
  const y = x.graph.op('Sqrt', [x], { shape: x.shape }, [(g) => div(mul(g, 0.5), y)])

  return y
}

export function exp(x: Value): Value {
  const y = x.graph.op('Exp', [x], { shape: x.shape }, [(g) => mul(g, y)])

  return y
}

export function sigmoid(x: Value): Value {
  const y = x.graph.op('Sigmoid', [x], { shape: x.shape }, [(g) => mul(g, sub(y, mul(y, y)))])

  return y
}

export function erf(x: Value): Value {
  return x.graph.op('Erf', [x], { shape: x.shape }, [
    (g) => mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI))),
  ])
}

export function asin(x: Value): Value {
  const { graph, shape } = x
  const y = graph.lowering.lacks.includes('Asin')
    ? graph.untaped(() => asinByPolynomial(x))
    : graph.node('Asin', [x], { shape })

  return graph.differentiable([x], y, [(g) => div(g, sqrt(sub(1, mul(x, x))))])
}

/**
 * asin of 0 ≤ x ≤ 1 to 3e-7 (Cephes' asinf): a polynomial up to ½, above it π/2 − 2·asin(√((1 − x)/2)), whose
 * argument is below ½ again.
 */
function asinByPolynomial(x: Value): Value {
  const { graph, shape } = x
  const isLarge = graph.node('Greater', [x, graph.scalar(0.5)], { shape, type: 'bool' })
  const z = where(isLarge, mul(sub(1, x), 0.5), mul(x, x))
  const small = where(isLarge, sqrt(z), x)
  const series = [4.2163199048e-2, 2.4181311049e-2, 4.5470025998e-2, 7.4953002686e-2, 1.6666752422e-1]
  const sum = series
    .slice(1)
    .reduce<Value>((all, factor) => add(mul(all, z), factor), graph.scalar(series[0]!))
  const value = add(mul(mul(sum, z), small), small)

  return where(isLarge, sub(Math.PI / 2, mul(value, 2)), value)
}

/** Gradient 0 at the kink, as torch. */
export function relu(x: Value): Value {
  const { graph, shape } = x
  const y = graph.op('Relu', [x], { shape }, [
    (g) => where(graph.node('Greater', [y, graph.scalar(0)], { shape, type: 'bool' }), g, 0),
  ])

  return y
}

/** max(x, floor); no gradient at or below the floor. */
export function atLeast(x: Value, floor: number): Value {
  const { graph, shape } = x
  const bound = graph.scalar(floor)

  return graph.differentiable([x], graph.node('Max', [x, bound], { shape }), [
    (g) => where(graph.node('Greater', [x, bound], { shape, type: 'bool' }), g, 0),
  ])
}

/** Chooses by a mask (which has no gradient). */
export function where(mask: Value, x: Operand, y: Operand): Value {
  const [a, b] = pair(x, y)
  const shape = broadcast(mask.shape, broadcast(a.shape, b.shape))

  return mask.graph.op('Where', [mask, a, b], { shape }, [
    null,
    (g) => unbroadcast(where(mask, g, 0), a),
    (g) => unbroadcast(where(mask, 0, g), b),
  ])
}

/** A value of the shape of another, filled with one number. */
export function constantLike(value: Value, number: number): Value {
  const scalar = value.graph.scalar(number)
  if (value.shape.every((dim) => typeof dim === 'number')) return expand(scalar, value.shape)

  return value.graph.untaped(() => add(mul(value, 0), scalar))
}

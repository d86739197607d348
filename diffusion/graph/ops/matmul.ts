import { TeststripError } from '#study'
import type { Value } from '../graph.ts'
import { broadcast, product, sameShape } from '../shape.ts'
import { reshape, transpose } from './layout.ts'
import { reduceSum } from './reduce.ts'

function swapLast(x: Value): Value {
  const rank = x.shape.length

  return transpose(
    x,
    x.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  )
}

function unbroadcastBatch(cotangent: Value, value: Value): Value {
  if (sameShape(cotangent.shape, value.shape)) return cotangent
  const lead = cotangent.shape.length - value.shape.length
  const axes = cotangent.shape
    .slice(0, -2)
    .flatMap((dim, axis) => (axis < lead || value.shape[axis - lead] !== dim ? [axis] : []))

  return reshape(reduceSum(cotangent, axes), value.shape)
}

/** a [..., m, k] · b [..., k, n], leading axes broadcast. */
export function matmul(a: Value, b: Value): Value {
  const shape = [...broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)), a.shape.at(-2)!, b.shape.at(-1)!]
  if (a.shape.at(-1) !== b.shape.at(-2))
    throw new TeststripError('internal', `[${a.shape.join(', ')}] · [${b.shape.join(', ')}] do not fit`)

  return a.graph.op('MatMul', [a, b], { shape }, [
    (g) => unbroadcastBatch(matmul(g, swapLast(b)), a),
    (g) => unbroadcastBatch(matmul(swapLast(a), g), b),
  ])
}

/**
 * x [..., in] · weightᵀ + bias, weight [out, in] as torch stores it. Both directions are one Gemm on the stored
 * weight; a transposed copy is never made.
 */
export function linear(x: Value, weight: Value, bias?: Value): Value {
  const { graph } = x
  const [outs, ins] = weight.shape as [number, number]
  const rows = product(x.shape.slice(0, -1))
  const flat = graph.untaped(() => reshape(x, [rows, ins]))
  const y = graph.node('Gemm', bias ? [flat, weight, bias] : [flat, weight], {
    shape: [rows, outs],
    attributes: { transB: { int: 1 } },
  })
  const shaped = graph.untaped(() => reshape(y, [...x.shape.slice(0, -1), outs]))

  return graph.differentiable([x, weight, ...(bias ? [bias] : [])], shaped, [
    (g) => reshape(graph.node('Gemm', [reshape(g, [rows, outs]), weight], { shape: [rows, ins] }), x.shape),
    null,
    null,
  ])
}

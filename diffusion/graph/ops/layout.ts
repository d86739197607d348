import { TeststripError } from '#study'
import type { Value } from '../graph.ts'
import { type Dim, known, product, type Shape, sameShape, shapeTensor } from '../shape.ts'
import { constantLike } from './elementwise.ts'
import { reduceSum } from './reduce.ts'

export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  if (product(x.shape) !== product(shape))
    throw new TeststripError('internal', `[${x.shape.join(', ')}] cannot be seen as [${shape.join(', ')}]`)

  return x.graph.op('Reshape', [x, x.graph.constant(shapeTensor(shape))], { shape }, [
    (g) => reshape(g, x.shape),
    null,
  ])
}

export function transpose(x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => x.shape[axis]!)

  return x.graph.op('Transpose', [x], { shape, attributes: { perm: { ints: order } } }, [
    (g) =>
      transpose(
        g,
        order.map((_, axis) => order.indexOf(axis)),
      ),
  ])
}

/** Repeats axes of length one (and leading ones) up to a shape whose symbols, if any, x has already. */
export function expand(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  const lead = shape.length - x.shape.length
  const axes = shape.flatMap((dim, axis) => (axis < lead || x.shape[axis - lead] !== dim ? [axis] : []))
  // a 1 in the target leaves the axis as it is
  const target = x.graph.ints(shape.map((dim, axis) => (axes.includes(axis) ? known(dim) : 1)))

  return x.graph.op('Expand', [x, target], { shape }, [(g) => reshape(reduceSum(g, axes), x.shape), null])
}

export function concat(parts: readonly Value[], axis: number): Value {
  const { graph, shape } = parts[0]!
  const lengths = parts.map((part) => known(part.shape[axis]))
  const starts = lengths.map((_, k) => lengths.slice(0, k).reduce((a, b) => a + b, 0))
  const total = lengths.reduce((a, b) => a + b, 0)

  return graph.op(
    'Concat',
    parts,
    { shape: replaced(shape, axis, total), attributes: { axis: { int: axis } } },
    parts.map((_, k) => (g: Value) => slice(g, axis, starts[k]!, starts[k]! + lengths[k]!)),
  )
}

/** Equal parts along an axis. */
export function split(x: Value, axis: number, parts: number): Value[] {
  const { graph } = x
  const length = known(x.shape[axis]) / parts
  const sizes = graph.ints(Array.from({ length: parts }, () => length))
  const shape = replaced(x.shape, axis, length)
  const outputs = graph.nodeOf(
    'Split',
    [x, sizes],
    { attributes: { axis: { int: axis } } },
    Array.from({ length: parts }, () => ({ shape })),
  )
  graph.record({
    inputs: [x],
    outputs,
    rules: [
      (...cotangents) =>
        concat(
          cotangents.map((g, k) => g ?? constantLike(outputs[k]!, 0)),
          axis,
        ),
    ],
  })

  return outputs
}

/** x[start .. end) along one axis. */
export function slice(x: Value, axis: number, start: number, end: number): Value {
  const { graph } = x
  const length = known(x.shape[axis])
  if (start === 0 && end === length) return x
  const inputs = [x, graph.ints([start]), graph.ints([end]), graph.ints([axis])]

  return graph.op('Slice', inputs, { shape: replaced(x.shape, axis, end - start) }, [
    (g) => pad(g, axis, start, length - end),
    null,
    null,
    null,
  ])
}

/** Zeros before and after, along one axis. */
export function pad(x: Value, axis: number, before: number, after: number): Value {
  const { graph } = x
  const length = known(x.shape[axis])
  const inputs = [x, graph.ints([before, after]), graph.scalar(0), graph.ints([axis])]

  return graph.op('Pad', inputs, { shape: replaced(x.shape, axis, before + length + after) }, [
    (g) => slice(g, axis, before, before + length),
    null,
    null,
    null,
  ])
}

/** x with its axes reversed. Only for constants, where ONNX Runtime folds it away. */
export function reverse(x: Value, axes: readonly number[]): Value {
  const { graph } = x
  const all = (value: number) => graph.ints(axes.map(() => value))
  const inputs = [x, all(-1), all(Number.MIN_SAFE_INTEGER), graph.ints(axes), all(-1)]

  return graph.node('Slice', inputs, { shape: x.shape })
}

/** Rows of a table by index (no gradient). */
export function gather(table: Value, indices: Value, axis = 0): Value {
  const shape = [...table.shape.slice(0, axis), ...indices.shape, ...table.shape.slice(axis + 1)]

  return table.graph.node('Gather', [table, indices], { shape, attributes: { axis: { int: axis } } })
}

function replaced(shape: Shape, axis: number, dim: Dim): Shape {
  return shape.map((old, k) => (k === axis ? dim : old))
}

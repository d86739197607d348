import type { Value } from '../graph.ts'
import { known } from '../shape.ts'
import { mul, where } from './elementwise.ts'

function scaled(x: Value, by: number) {
  return [x.shape[0]!, x.shape[1]!, known(x.shape[2]) * by, known(x.shape[3]) * by]
}

function window(size: number) {
  return { kernel_shape: { ints: [size, size] }, strides: { ints: [size, size] } }
}

/** Mean of size × size blocks of x [n, c, h, w]. */
export function averagePool(x: Value, size: number): Value {
  if (size === 1) return x

  return x.graph.op('AveragePool', [x], { shape: scaled(x, 1 / size), attributes: window(size) }, [
    (g) => upsampleNearest(mul(g, 1 / size ** 2), size),
  ])
}

/** Each pixel of x [n, c, h, w] repeated size × size times. */
export function upsampleNearest(x: Value, size: number): Value {
  const scales = x.graph.constant(Float32Array.of(1, 1, size, size))
  const attributes = {
    mode: { text: 'nearest' },
    coordinate_transformation_mode: { text: 'asymmetric' },
    nearest_mode: { text: 'floor' },
  }
  const none = x.graph.constant(new Float32Array(0))

  return x.graph.op('Resize', [x, none, scales], { shape: scaled(x, size), attributes }, [
    (g) => mul(averagePool(g, size), size ** 2),
    null,
    null,
  ])
}

/**
 * Largest of 2 × 2 blocks of x [n, c, h, w]. Equal largest pixels all receive the cotangent: after a ReLU they are
 * zeros, whose cotangent the ReLU drops anyway.
 */
export function maxPool2(x: Value): Value {
  const { graph, shape } = x
  const y = graph.op('MaxPool', [x], { shape: scaled(x, 1 / 2), attributes: window(2) }, [
    (g) =>
      where(
        graph.node('Equal', [x, upsampleNearest(y, 2)], { shape, type: 'bool' }),
        upsampleNearest(g, 2),
        0,
      ),
  ])

  return y
}

import type { Graph, Value } from '../graph.ts'
import { known } from '../shape.ts'
import { matmul } from './matmul.ts'

/**
 * The 2n × n matrix of bilinear doubling without aligned corners: out[2k] = ¾·in[k] + ¼·in[k−1],
 * out[2k+1] = ¾·in[k] + ¼·in[k+1], indices held at the border.
 */
export function bilinearMatrix(n: number): Float32Array {
  const matrix = new Float32Array(2 * n * n)
  for (let row = 0; row < 2 * n; row += 1) {
    const near = row >> 1
    const far = Math.min(n - 1, Math.max(0, near + (row % 2 === 0 ? -1 : 1)))
    matrix[row * n + near]! += 0.75
    matrix[row * n + far]! += 0.25
  }

  return matrix
}

function transposed(matrix: Float32Array, rows: number): Float32Array {
  const columns = matrix.length / rows

  return matrix.map((_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]!)
}

/** Bilinear ×2 of x [n, c, h, w] as two products with constant matrices, whose gradient needs no rule. */
export function upsampleBilinear(x: Value): Value {
  const [height, width] = [known(x.shape[2]), known(x.shape[3])]
  const { graph } = x
  const wide = matmul(
    x,
    constantMatrix(graph, transposed(bilinearMatrix(width), 2 * width), width, 2 * width),
  )

  return matmul(constantMatrix(graph, bilinearMatrix(height), 2 * height, height), wide)
}

function constantMatrix(graph: Graph, data: Float32Array, rows: number, columns: number): Value {
  return graph.constant(data, [rows, columns])
}

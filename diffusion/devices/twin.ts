import {
  averagePool,
  concat,
  conv,
  type Graph,
  gelu,
  groupNorm,
  layerNorm,
  linear,
  type Model,
  matmul,
  maxPool2,
  mul,
  quickGelu,
  relu,
  reshape,
  silu,
  slice,
  softmax,
  split,
  transpose,
  upsampleBilinear,
  upsampleNearest,
  type Value,
  vjp,
  writeModel,
} from '../graph/index.ts'
import { sphericalDistance } from '../networks/clip-loss.ts'
import { TorchStream } from '../random/torch-stream.ts'

const side = 16
const tokens = (side / 2) ** 2
const width = 16
const targets = 2

/** What the twin hands out, in order. */
export const twinResults = ['the picture', 'the distance', 'the gradient']

/**
 * A tiny network of all that the real ones are built of, UNet, secondary model, CLIPs and their loss, with random
 * weights: forwards, backwards and as fed on every device in the same way.
 */
export function twin(graph: Graph): { model: Model; feeds: Float32Array[] } {
  const random = new TorchStream(20_211)
  const weight = (...shape: number[]): Value => {
    const count = shape.reduce((all, dim) => all * dim, 1)
    const scale = 1 / Math.sqrt(count / shape[0]!)

    return graph.constant(
      random.normal(count).map((value) => scale * value),
      shape,
    )
  }
  const bias = (length: number) => graph.constant(random.normal(length).map((value) => value / 4))

  const x = graph.input('x', [1, 3, side, side])
  // Six channels on the way in came out wrong from one provider's kernel.
  const first = conv(conv(x, weight(6, 3, 3, 3), bias(6), { pad: 1 }), weight(8, 6, 3, 3), bias(8), {
    pad: 1,
  })
  const small = averagePool(silu(groupNorm(first, 4, bias(8), bias(8))), 2)
  const stacked = conv(small, weight(24, 8, 1, 1), bias(24))
  const [q, k, v] = split(reshape(stacked, [2, 12, tokens]), 1, 3) as [Value, Value, Value]
  const scores = softmax(matmul(transpose(mul(q, 0.5), [0, 2, 1]), k))
  const mixed = reshape(matmul(v, transpose(scores, [0, 2, 1])), [1, 8, side / 2, side / 2])
  const joined = concat([upsampleNearest(mixed, 2), first], 1)
  const picture = conv(relu(joined), weight(3, 16, 3, 3), bias(3), { pad: 1 })
  const strided = conv(upsampleBilinear(maxPool2(picture)), weight(width, 3, 3, 3), bias(width), {
    pad: 1,
    stride: 2,
  })

  const sequence = transpose(reshape(strided, [1, width, tokens]), [0, 2, 1])
  const normal = layerNorm(sequence, bias(width), bias(width))
  const inner = gelu(linear(quickGelu(linear(normal, weight(32, width), bias(32))), weight(32, 32), bias(32)))
  const embedding = reshape(slice(linear(inner, weight(width, 32)), 1, 0, 1), [1, width])
  const distances = sphericalDistance(embedding, weight(targets, width))

  const g = graph.input('g', distances.shape)
  const [gradient] = vjp({ outputs: [distances], cotangents: [g], wrt: [x] }) as [Value]

  return {
    model: writeModel({ inputs: [x, g], outputs: [picture, distances, gradient] }),
    feeds: [random.normal(3 * side * side), Float32Array.of(1e-3, -2e-3)],
  }
}

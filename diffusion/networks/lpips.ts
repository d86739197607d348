import {
  add,
  atLeast,
  conv,
  div,
  type Graph,
  maxPool2,
  mul,
  reduceMean,
  reduceSum,
  relu,
  sqrt,
  square,
  sub,
  type Value,
} from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Size } from './index.ts'
import { Stored } from './stored.ts'

/** Convolutions of VGG16 by their place in torchvision's `features`, stage by stage. */
const stages = [
  [0, 2],
  [5, 7],
  [10, 12, 14],
  [17, 19, 21],
  [24, 26, 28],
]

const shift = [-0.03, -0.088, -0.188]
const scale = [0.458, 0.448, 0.45]

/** Sides of a picture must be multiples of this, so that every pooling divides evenly. */
export const lpipsMultiple = 16

/** VGG16's five taps of a picture x [1, 3, h, w] in −1..1, each normalised over its channels. */
export function lpipsTaps(x: Value, file: TensorFile): Value[] {
  const stored = new Stored(file, x.graph)
  const table = (values: number[]) => x.graph.constant(Float32Array.from(values), [3, 1, 1])
  let h = div(sub(x, table(shift)), table(scale))

  return stages.map((convolutions, stage) => {
    if (stage > 0) h = maxPool2(h)
    for (const place of convolutions) {
      const outs = stored.shape(`features.${place}.weight`, 4)[0]!
      const layer = stored.layer(`features.${place}`, [outs, h.shape[1] as number, 3, 3])
      h = relu(conv(h, ...layer, { pad: 1 }))
    }
    // Where all channels are 0 the root has no slope: torch gets NaN there, and loses it again behind the ReLU.
    const length = sqrt(atLeast(reduceSum(square(h), [1]), 1e-30))

    return div(h, add(length, 1e-10))
  })
}

export interface LpipsGraph {
  x: Value
  /** Taps of the picture that x is compared with. */
  reference: Value[]
  /** [1, 1, 1, 1]. */
  distance: Value
}

/** LPIPS v0.1 (Zhang et al. 2018) of x to a picture whose taps are known. */
export function lpips(graph: Graph, file: TensorFile, [width, height]: Size): LpipsGraph {
  const stored = new Stored(file, graph)
  const x = graph.input('x', [1, 3, height, width])
  const taps = lpipsTaps(x, file)
  const reference = taps.map((tap, k) => graph.input(`reference${k}`, tap.shape))
  const parts = taps.map((tap, k) => {
    const weight = stored.get(`lin${k}.model.1.weight`, [1, tap.shape[1] as number, 1, 1])

    return reduceMean(reduceSum(mul(square(sub(tap, reference[k]!)), weight), [1]), [2, 3])
  })

  return { x, reference, distance: parts.reduce(add) }
}

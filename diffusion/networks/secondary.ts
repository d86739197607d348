import {
  averagePool,
  concat,
  conv,
  expand,
  type Graph,
  relu,
  upsampleBilinear,
  type Value,
} from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Size } from './index.ts'
import { Stored } from './stored.ts'

/** Sides of a picture must be multiples of this: five halvings. */
export const secondaryMultiple = 32

export interface SecondaryGraph {
  /** [pictures, 3, h, w]. */
  x: Value
  /** `fourierFeatures` of each picture's t, [pictures, 16, 1, 1]. */
  features: Value
  /** [pictures, 3, h, w]. */
  v: Value
}

/** cos and sin of 2π·t·W, [16], from the stored frequencies W [8]. */
export function fourierFeatures(t: number, frequencies: Float32Array): Float32Array {
  const angles = frequencies.map((frequency) =>
    Math.fround(Math.fround(2 * Math.PI * Math.fround(t)) * frequency),
  )

  return Float32Array.from([...angles.map(Math.cos), ...angles.map(Math.sin)])
}

/** alpha and sigma at t in 0..1 (Crowson's t_to_alpha_sigma). */
export function alphaSigma(t: number): [alpha: number, sigma: number] {
  return [Math.cos((t * Math.PI) / 2), Math.sin((t * Math.PI) / 2)]
}

/** Disco Diffusion's SecondaryDiffusionImageNet2: a small U-Net of convolutions, its channels read from the file. */
export function secondary(graph: Graph, file: TensorFile, [width, height]: Size): SecondaryGraph {
  const stored = new Stored(file, graph)
  const { pictures } = graph.lowering
  const x = graph.input('x', [pictures, 3, height, width])
  const features = graph.input('features', [pictures, 16, 1, 1])
  stored.shape('timestep_embed.weight', 2)

  const block = (h: Value, name: string): Value => {
    const outs = stored.shape(`${name}.0.weight`, 4)[0]!

    return relu(conv(h, ...stored.layer(`${name}.0`, [outs, h.shape[1] as number, 3, 3]), { pad: 1 }))
  }

  /** Half the size: blocks, the next level in their middle, blocks, back to full size; joined with what came in. */
  const level = (h: Value, name: string, depth: number): Value => {
    const before = depth === 4 ? 4 : 2
    const after = depth === 4 ? 0 : 2
    let inner = averagePool(h, 2)
    for (let k = 1; k <= before; k += 1) inner = block(inner, `${name}.main.${k}`)
    if (depth < 4) inner = level(inner, `${name}.main.3`, depth + 1)
    for (let k = 1; k <= after; k += 1) inner = block(inner, `${name}.main.${before + 1 + k}`)

    return concat([upsampleBilinear(inner), h], 1)
  }

  const planes = expand(features, [pictures, 16, height, width])
  const first = block(block(concat([x, planes], 1), 'net.0'), 'net.1')
  const h = block(level(first, 'net.2', 0), 'net.3')
  const v = conv(h, ...stored.layer('net.4', [3, h.shape[1] as number, 3, 3]), { pad: 1 })

  return { x, features, v }
}

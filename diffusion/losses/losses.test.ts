import { describe, expect, it } from 'vitest'
import { PairedStream } from '../random/paired-stream.ts'
import { golden, goldenImage } from '../testing/golden.ts'
import { rangeLoss, saturationLoss } from './out-of-range.ts'
import { totalVariation } from './total-variation.ts'

const size = [24, 16] as const
const x = goldenImage(16, 24).map((v) => 2.6 * v - 1.3)
const losses = [
  ['tv', (data: Float32Array, scale: number, into: Float32Array) => totalVariation(data, size, scale, into)],
  ['range', rangeLoss],
  ['sat', saturationLoss],
] as const

describe.each(losses)('%s', (name, loss) => {
  it('has the value of the reference', () => {
    expect(loss(x, 1, new Float32Array(x.length))).toBeCloseTo([golden[name]].flat()[0], 6)
  })

  it('adds scale times its gradient', () => {
    const along = new PairedStream(2, [0, 0, 0, 0]).normal(x.length)
    const gradient = new Float32Array(x.length).fill(1)
    loss(x, 3, gradient)
    const slope = gradient.reduce((sum, g, i) => sum + (g - 1) * along[i]!, 0)
    const at = (t: number) =>
      loss(
        x.map((v, i) => v + t * along[i]!),
        0,
        new Float32Array(x.length),
      )

    expect((3 * (at(1e-3) - at(-1e-3))) / 2e-3).toBeCloseTo(slope, 3)
  })
})

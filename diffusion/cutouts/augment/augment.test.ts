import { describe, expect, it } from 'vitest'
import { createNoise } from '../../random/noise-source.ts'
import { PairedStream } from '../../random/paired-stream.ts'
import { golden, goldenImage, sampleError } from '../../testing/golden.ts'
import { resizeBand } from '../band.ts'
import { planCuts } from '../plan-cuts.ts'
import { takeCuts } from '../take-cuts.ts'
import { affineSource } from './affine.ts'
import type { Adjoint, Batch } from './batch.ts'
import { brightness, contrast, saturation } from './blend.ts'
import { augment, chains } from './chain.ts'
import { flip } from './flip.ts'
import { grayscale } from './grayscale.ts'
import { hue } from './hue.ts'
import { drawCorners, perspectiveSource } from './perspective.ts'
import { roundHalfEven, warp } from './warp.ts'

/** The golden picture, 64 x 96, resized to [3, 32, 32] by the bands of both axes. */
function squeeze(): Float32Array {
  const image = goldenImage()
  const columns = resizeBand(96, 32)
  const rows = resizeBand(64, 32)
  const out = new Float32Array(3 * 32 * 32)

  for (let at = 0; at < out.length; at++) {
    const plane = Math.floor(at / 1024) * 64 * 96
    const i = Math.floor(at / 32) % 32
    const j = at % 32

    for (let k = 0; k < rows.taps; k++) {
      for (let l = 0; l < columns.taps; l++) {
        const y = rows.starts[i]! + k
        const x = columns.starts[j]! + l
        const isInside = y >= 0 && y < 64 && x >= 0 && x < 96

        if (isInside) {
          out[at]! +=
            rows.weights[i * rows.taps + k]! *
            columns.weights[j * columns.taps + l]! *
            image[plane + y * 96 + x]!
        }
      }
    }
  }

  return out
}

const golden32 = squeeze()
const resized = (): Batch => ({ data: golden32.slice(), count: 1, width: 32, height: 32 })
const draws = (row: number) => new PairedStream(1, [0, 0, 0, row])
const normal = (count: number, row: number) => draws(row).normal(count)

describe('against torchvision', () => {
  it('resizes 64x96 to 32x32', () => {
    expect(sampleError(golden32, golden.resize_64x96_to_32.sample)).toBeLessThan(2e-6)
  })

  it('turns by 7.5 degrees and shifts by (1, -1)', () => {
    const batch = resized()
    warp(batch, affineSource(batch, { angle: 7.5, shift: [1, -1] }), 'bilinear')

    expect(sampleError(batch.data, golden['affine_7.5_1_-1'].sample)).toBeLessThan(5e-6)
  })

  it.each([
    ['jit_bright', brightness, 1.07],
    ['jit_contrast', contrast, 0.93],
    ['jit_sat', saturation, 1.05],
    ['jit_hue', hue, 0.06],
  ] as const)('%s', (name, operation, amount) => {
    const batch = resized()
    operation(batch, amount)

    expect(sampleError(batch.data, golden[name])).toBeLessThan(2e-6)
  })

  it('has the gradient of the hue turn', () => {
    const adjoint = hue(resized(), 0.06)
    const gradient = Float32Array.from({ length: 3072 }, (_, i) => i / 1000)
    adjoint(gradient)

    expect(sampleError(gradient, golden.hue_grad)).toBeLessThan(5e-5)
  })
})

describe('adjoints', () => {
  const linear: [string, (batch: Batch) => Adjoint][] = [
    ['flip', flip],
    ['grayscale', grayscale],
    ['affine, bilinear', (b) => warp(b, affineSource(b, { angle: 9, shift: [1, -2] }), 'bilinear')],
    ['affine, nearest', (b) => warp(b, affineSource(b, { angle: -13, shift: [2, 0] }), 'nearest')],
    ['perspective', (b) => warp(b, perspectiveSource(b, drawCorners(draws(9), b, 0.4)), 'bilinear')],
  ]

  it.each(linear)('%s: <A x, y> = <x, A* y>', (_name, operation) => {
    const x = normal(2 * 3 * 256, 1)
    const y = normal(2 * 3 * 256, 2)
    const batch = { data: x.slice(), count: 2, width: 16, height: 16 }
    const gradient = y.slice()
    operation(batch)(gradient)

    expect(dot(batch.data, y)).toBeCloseTo(dot(x, gradient), 3)
  })

  const nonlinear: [string, (batch: Batch) => Adjoint][] = [
    ['brightness', (b) => brightness(b, 1.08)],
    ['contrast', (b) => contrast(b, 0.91)],
    ['saturation', (b) => saturation(b, 1.09)],
    ['hue', (b) => hue(b, -0.2)],
    [
      'whole chain of stills',
      (b) => augment(b, chains.None, createNoise({ mode: 'paired', seed: 4 }), { tau: 1 }, [0, 1]),
    ],
    [
      'whole chain of 3D',
      (b) => augment(b, chains['3D'], createNoise({ mode: 'paired', seed: 5 }), { tau: 1 }, [0, 1]),
    ],
    [
      'whole chain of video',
      (b) => augment(b, chains['Video Input'], createNoise({ mode: 'paired', seed: 6 }), { tau: 1 }, [0, 1]),
    ],
  ]

  it.each(nonlinear)('%s: the adjoint gives the slope along a line', (_name, operation) => {
    // away from 0 and 1 and from grey, so that no branch changes within the step
    const x = normal(2 * 3 * 256, 3).map((v, i) => 0.5 + 0.02 * v + 0.1 * ((Math.floor(i / 256) % 3) - 1))
    const along = normal(2 * 3 * 256, 4)
    const y = normal(2 * 3 * 256, 5)
    const at = (t: number) => {
      const batch = { data: x.map((v, i) => v + t * along[i]!), count: 2, width: 16, height: 16 }
      operation(batch)

      return dot(batch.data, y)
    }
    const gradient = y.slice()
    operation({ data: x.slice(), count: 2, width: 16, height: 16 })(gradient)
    const slope = dot(gradient, along)

    const h = 5e-5
    expect(Math.abs((at(h) - at(-h)) / (2 * h) - slope)).toBeLessThan(
      0.02 * Math.sqrt(dot(gradient, gradient)),
    )
  })

  it('cuts: <C x, y> = <x, C* y> for overview, grey, mirrored and inner cuts, shrinking and growing', () => {
    const size = [24, 16] as const

    for (const side of [8, 20]) {
      const cuts = planCuts(
        { overview: 4, inner: 5, power: 1, grayShare: 0.3, grayRule: 'disco' },
        size,
        side,
        (row) => draws(row),
      )
      const x = normal(3 * 24 * 16, 6)
      const y = normal(9 * 3 * side * side, 7)
      const taken = takeCuts(x, size, cuts, side)
      const back = new Float32Array(x.length)
      taken.adjoint(y, back)

      expect(dot(taken.data, y)).toBeCloseTo(dot(x, back), 3)
    }
  })
})

it('rounds halves to even', () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 1.4, -2.6].map((v) => roundHalfEven(v) + 0)).toEqual([
    0, 2, 2, 0, -2, 1, -3,
  ])
})

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0)
}

import type { Value } from '../graph.ts'
import { type Dim, known } from '../shape.ts'
import { add } from './elementwise.ts'
import { reshape, transpose } from './layout.ts'
import { matmul } from './matmul.ts'

type Matrix = readonly (readonly number[])[]

/**
 * Winograd's minimal filtering F(4×4, 3×3) (Lavin & Gray 2015): 4 × 4 outputs from 6 × 6 inputs with 36 products
 * instead of 144, Y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ d B)]A.
 */
const inputTransform: Matrix = [
  [4, 0, -5, 0, 1, 0],
  [0, -4, -4, 1, 1, 0],
  [0, 4, -4, -1, 1, 0],
  [0, -2, -1, 2, 1, 0],
  [0, 2, -1, -2, 1, 0],
  [0, 4, 0, -5, 0, 1],
]
const weightTransform: Matrix = [
  [1 / 4, 0, 0],
  [-1 / 6, -1 / 6, -1 / 6],
  [-1 / 6, 1 / 6, -1 / 6],
  [1 / 24, 1 / 12, 1 / 6],
  [1 / 24, -1 / 12, 1 / 6],
  [0, 0, 1],
]
const outputTransform: Matrix = [
  [1, 1, 1, 1, 1, 0],
  [0, 1, -1, 2, -2, 0],
  [0, 1, 1, 4, 4, 0],
  [0, 1, -1, 8, -8, 1],
]

/** A ⊗ A, so that one product does rows and columns. */
const twice = (a: Matrix): number[][] => a.flatMap((r) => a.map((s) => r.flatMap((x) => s.map((y) => x * y))))
const flipped = (a: Matrix): number[][] => a[0]!.map((_, k) => a.map((row) => row[k]!))
const numbers = (a: Matrix) => Float32Array.from(a.flat())

const tile = 4
const products = (tile + 2) ** 2

export const meanOf = (ins: number, outs: number): number => (ins * outs) / (ins + outs)

/**
 * Whether it pays for x [1, in, h, w]: moving tiles costs time in proportion to the channels, and the products that are
 * saved are in proportion to both numbers of channels.
 */
export function winogradPays({ shape }: Value, outs: number): boolean {
  const [n, ins, height, width] = shape as [Dim, number, number, number]

  return n === 1 && height % tile === 0 && width % tile === 0 && meanOf(ins, outs) >= 64
}

/**
 * x [1, in, h, w] convolved with weight [out, in, 3, 3] and bias [out], zero outside, h and w multiples of 4; or, with
 * `transposed`, the input gradient of that convolution for a cotangent [1, out, h, w]. The transforms of x and y are
 * strided convolutions of single channels, which ONNX Runtime has fast kernels for; that of the weights is folded
 * while loading.
 */
export function winograd(
  x: Value,
  weight: Value,
  bias: Value | undefined,
  { transposed = false } = {},
): Value {
  const { graph } = x
  const [, , h, w] = x.shape.map(known) as [number, number, number, number]
  const [first, second] = weight.shape.map(known) as [number, number]
  const [outs, ins] = transposed ? [second, first] : [first, second]
  const [height, width] = [h / tile, w / tile]
  const tiles = height * width
  const square = (side: number) => ({
    kernel_shape: { ints: [side, side] },
    strides: { ints: [tile, tile] },
  })

  const inputs = graph.node(
    'Conv',
    [
      reshape(x, [ins, 1, h, w]),
      graph.constant(numbers(twice(inputTransform)), [products, 1, tile + 2, tile + 2]),
    ],
    {
      shape: [ins, products, height, width],
      attributes: { ...square(tile + 2), pads: { ints: [1, 1, 1, 1] } },
    },
  )
  // [36, 9]: a kernel turned round is one whose nine numbers come in the opposite order
  const perKernel = twice(weightTransform).map((row) => (transposed ? row.toReversed() : row))
  const table = graph.constant(numbers(flipped(perKernel)), [9, products])
  const turned = reshape(matmul(reshape(weight, [first * second, 9]), table), [first, second, products])
  const weights = transpose(turned, transposed ? [2, 1, 0] : [2, 0, 1])
  // ONNX Runtime reads the 36 matrices [in, tiles] where they lie, without a transposed copy
  const spread = transpose(reshape(inputs, [ins, products, tiles]), [1, 0, 2])
  const mixed = transpose(matmul(weights, spread), [1, 0, 2])
  const y = graph.node(
    'ConvTranspose',
    [
      reshape(mixed, [outs, products, height, width]),
      graph.constant(numbers(flipped(twice(outputTransform))), [products, 1, tile, tile]),
    ],
    { shape: [outs, 1, h, w], attributes: square(tile) },
  )
  const shaped = reshape(y, [1, outs, h, w])

  return bias ? add(shaped, reshape(bias, [outs, 1, 1])) : shaped
}

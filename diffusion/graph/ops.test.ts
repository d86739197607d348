import { describe, expect, it } from 'vitest'
import { openSession } from '../networks/session.ts'
import { dot, largestError, numbers, relativeError } from '../testing/numeric.ts'
import { Graph, type Lowering, type Value } from './graph.ts'
import { writeModel } from './onnx.ts'
import { gelu, quickGelu, silu } from './ops/composite.ts'
import { conv } from './ops/conv.ts'
import {
  add,
  asin,
  atLeast,
  div,
  erf,
  exp,
  mul,
  neg,
  relu,
  sigmoid,
  sqrt,
  square,
  sub,
  where,
} from './ops/elementwise.ts'
import { concat, expand, pad, reshape, slice, split, transpose } from './ops/layout.ts'
import { linear, matmul } from './ops/matmul.ts'
import { groupNorm, layerNorm } from './ops/norm.ts'
import { averagePool, maxPool2, upsampleNearest } from './ops/pool.ts'
import { reduceMean, reduceSum, softmax } from './ops/reduce.ts'
import { upsampleBilinear } from './ops/resample.ts'
import { product, type Shape } from './shape.ts'
import { vjp } from './vjp.ts'

interface Case {
  /** Shape of each differentiated input. */
  shapes: Shape[]
  build: (...inputs: Value[]) => Value
  /** Maps the random −1..1 into the domain of the operation. */
  domain?: (x: number) => number
  lowering?: Partial<Lowering>
  /** Value of the symbol 'cuts'. */
  cuts?: number
}

const picture: Shape = [1, 4, 6, 8]
const constant = (near: Value, shape: number[], seed: number) =>
  near.graph.constant(numbers(product(shape) as number, seed), shape)
const convolution =
  (kernel: number, options: { stride?: number; pad?: number }) =>
  (x: Value): Value =>
    conv(x, constant(x, [5, 4, kernel, kernel], 7), constant(x, [5], 8), options)
const positive = (x: number) => 1.5 + x

const cases: Record<string, Case> = {
  'add, broadcast': { shapes: [[3, 4], [4]], build: add },
  'sub, broadcast': {
    shapes: [
      [3, 1],
      [2, 1, 4],
    ],
    build: sub,
  },
  'mul, broadcast': {
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: mul,
  },
  'mul of a value with itself': { shapes: [[5]], build: (x) => mul(x, x) },
  'div, broadcast': { shapes: [[3, 4], [4]], build: div, domain: positive },
  neg: { shapes: [[5]], build: neg },
  square: { shapes: [[5]], build: square },
  sqrt: { shapes: [[5]], build: sqrt, domain: positive },
  exp: { shapes: [[5]], build: exp },
  sigmoid: { shapes: [[5]], build: sigmoid },
  erf: { shapes: [[5]], build: erf },
  asin: { shapes: [[5]], build: asin, domain: (x) => x * 0.8 },
  'asin, without the operation': {
    shapes: [[64]],
    build: asin,
    domain: (x) => 0.5 + 0.4 * x,
    lowering: { lacks: ['Asin'] },
  },
  relu: { shapes: [[64]], build: relu, domain: (x) => x + 0.1 * Math.sign(x) },
  'at least': { shapes: [[64]], build: (x) => atLeast(x, 0.1), domain: (x) => x + 0.2 * Math.sign(x) },
  where: {
    shapes: [[6], [1]],
    build: (a, b) =>
      where(
        a.graph.node('Greater', [constant(a, [6], 3), a.graph.scalar(0)], { shape: [6], type: 'bool' }),
        a,
        b,
      ),
  },
  reshape: { shapes: [[4, 6]], build: (x) => reshape(x, [2, 3, 4]) },
  transpose: { shapes: [[2, 3, 4]], build: (x) => transpose(x, [2, 0, 1]) },
  expand: { shapes: [[3, 1]], build: (x) => expand(x, [2, 3, 4]) },
  concat: {
    shapes: [
      [2, 3],
      [2, 4],
    ],
    build: (a, b) => concat([a, b], 1),
  },
  'split, one part unused': {
    shapes: [[2, 6]],
    build: (x) => mul(...(split(x, 1, 3).slice(0, 2) as [Value, Value])),
  },
  slice: { shapes: [[2, 6]], build: (x) => slice(x, 1, 1, 4) },
  pad: { shapes: [[2, 3]], build: (x) => pad(x, 1, 2, 1) },
  'reduce sum': { shapes: [[2, 3, 4]], build: (x) => reduceSum(x, [0, 2]) },
  'reduce mean': { shapes: [[2, 3, 4]], build: (x) => reduceMean(x, [1]) },
  'reduce sum, symbolic': { shapes: [['cuts', 3]], build: (x) => reduceSum(x, [0, 1]), cuts: 4 },
  softmax: { shapes: [[3, 5]], build: softmax },
  matmul: {
    shapes: [
      [3, 4],
      [4, 5],
    ],
    build: matmul,
  },
  'matmul, broadcast batches': {
    shapes: [
      [2, 3, 4],
      [4, 5],
    ],
    build: matmul,
  },
  'matmul, four axes': {
    shapes: [
      [2, 1, 3, 4],
      [3, 4, 5],
    ],
    build: matmul,
  },
  linear: { shapes: [[2, 3, 4]], build: (x) => linear(x, constant(x, [5, 4], 2), constant(x, [5], 3)) },
  'linear, symbolic': { shapes: [['cuts', 3, 4]], build: (x) => linear(x, constant(x, [5, 4], 2)), cuts: 3 },
  'conv 3×3': { shapes: [picture], build: convolution(3, { pad: 1 }) },
  'conv 3×3, transposed': {
    shapes: [picture],
    build: convolution(3, { pad: 1 }),
    lowering: { convBackward: 'transpose' },
  },
  'conv 3×3 by Winograd': {
    shapes: [[1, 128, 16, 20]],
    build: (x) => conv(x, constant(x, [128, 128, 3, 3], 7), constant(x, [128], 8), { pad: 1 }),
  },
  'conv 3×3 without padding': { shapes: [picture], build: convolution(3, {}) },
  'conv 1×1': { shapes: [picture], build: convolution(1, {}) },
  'conv 3×3 stride 2': { shapes: [picture], build: convolution(3, { pad: 1, stride: 2 }) },
  'conv 3×3 stride 2, odd sides': { shapes: [[1, 4, 7, 9]], build: convolution(3, { pad: 1, stride: 2 }) },
  'conv, batch of unknown size': { shapes: [['cuts', 4, 6, 8]], build: convolution(3, { pad: 1 }), cuts: 3 },
  'average pool': { shapes: [picture], build: (x) => averagePool(x, 2) },
  'max pool': { shapes: [picture], build: maxPool2 },
  'nearest ×2': { shapes: [picture], build: (x) => upsampleNearest(x, 2) },
  'bilinear ×2': { shapes: [picture], build: upsampleBilinear },
  'layer norm': { shapes: [[3, 16]], build: (x) => layerNorm(x, constant(x, [16], 4), constant(x, [16], 5)) },
  'group norm': {
    shapes: [picture],
    build: (x) => groupNorm(x, 2, constant(x, [4], 4), constant(x, [4], 5)),
  },
  'group norm, one channel each': {
    shapes: [picture],
    build: (x) => groupNorm(x, 4, constant(x, [4], 4), constant(x, [4], 5)),
  },
  'group norm, pictures of unknown number': {
    shapes: [['cuts', 4, 6, 8]],
    build: (x) => groupNorm(x, 2, constant(x, [4], 4), constant(x, [4], 5)),
    cuts: 2,
  },
  silu: { shapes: [[9]], build: silu },
  'quick gelu': { shapes: [[9]], build: quickGelu },
  gelu: { shapes: [[9]], build: gelu },
}

/** Runs op and gradient: value at inputs, and Σ over outputs of cotangent · output's derivative by each input. */
async function open({ shapes, build, lowering, cuts = 1 }: Case) {
  const graph = new Graph(lowering)
  const inputs = shapes.map((shape, k) => graph.input(`x${k}`, shape))
  const output = build(...inputs)
  const cotangent = graph.input('g', output.shape)
  const gradients = vjp({ outputs: [output], cotangents: [cotangent], wrt: inputs })
  const session = await openSession(
    writeModel({ inputs: [...inputs, cotangent], outputs: [output, ...gradients] }),
    { threads: 1, device: 'cpu' },
  )
  const size = (shape: Shape) =>
    shape.reduce<number>((all, dim) => all * (typeof dim === 'number' ? dim : cuts), 1)

  const run = (feeds: Float32Array[]) => session.run(feeds, { cuts })

  return { session, run, sizes: shapes.map(size), outputSize: size(output.shape) }
}

describe('gradient rules agree with finite differences', () => {
  for (const [name, test] of Object.entries(cases)) {
    it(name, async () => {
      const { session, run, sizes, outputSize } = await open(test)
      const domain = test.domain ?? ((x: number) => x)
      const xs = sizes.map((n, k) => numbers(n, 10 + k).map(domain))
      const directions = sizes.map((n, k) => numbers(n, 20 + k))
      const g = numbers(outputSize, 30)
      const h = 1 / 256
      const at = (t: number) => xs.map((x, k) => x.map((value, i) => value + t * directions[k]![i]!))

      const [, ...gradients] = await run([...xs, g])
      const [above] = await run([...at(h), g])
      const [below] = await run([...at(-h), g])
      await session.release()

      const expected = (dot(above!, g) - dot(below!, g)) / (2 * h)
      const found = gradients.reduce((sum, gradient, k) => sum + dot(gradient, directions[k]!), 0)
      const scale = (Math.sqrt(dot(g, g)) * Math.sqrt(directions.reduce((sum, d) => sum + dot(d, d), 0))) / 10
      expect(Math.abs(found - expected)).toBeLessThan(2e-3 * Math.max(Math.abs(expected), scale))
    })
  }
})

describe('linear operations satisfy ⟨A x, g⟩ = ⟨x, Aᵀ g⟩', () => {
  const linearOnes = [
    'conv 3×3 stride 2, odd sides',
    'average pool',
    'nearest ×2',
    'bilinear ×2',
    'pad',
    'transpose',
  ]
  for (const name of linearOnes) {
    it(name, async () => {
      const { session, run, sizes, outputSize } = await open(cases[name]!)
      const x = numbers(sizes[0]!, 1)
      const g = numbers(outputSize, 2)
      const [atZero] = await run([new Float32Array(x.length), g])
      const [y, gradient] = await run([x, g])
      await session.release()

      const forward = dot(
        y!.map((value, k) => value - atZero![k]!),
        g,
      )
      expect(Math.abs(forward - dot(gradient!, x))).toBeLessThan(2e-5 * Math.sqrt(dot(g, g) * dot(x, x)))
    })
  }
})

it('asin of 0..1 put together from other operations is that of Math to 3e-7', async () => {
  const graph = new Graph({ lacks: ['Asin'] })
  const x = graph.input('x', [1001])
  const session = await openSession(writeModel({ inputs: [x], outputs: [asin(x)] }), {
    threads: 1,
    device: 'cpu',
  })
  const xs = Float32Array.from({ length: 1001 }, (_, k) => k / 1000)
  const [ys] = await session.run([xs])
  await session.release()

  expect(largestError(ys!, xs.map(Math.asin))).toBeLessThan(3e-7)
})

it('Winograd gives what the plain convolution gives', async () => {
  const shape = [1, 128, 16, 20]
  const sessions = await Promise.all(
    [true, false].map((winograd) => {
      const x = new Graph({ winograd }).input('x', shape)
      const y = conv(x, constant(x, [160, 128, 3, 3], 7), constant(x, [160], 8), { pad: 1 })

      return openSession(writeModel({ inputs: [x], outputs: [y] }), { threads: 1, device: 'cpu' })
    }),
  )
  const x = numbers(product(shape) as number, 1)
  const [tiled, plain] = await Promise.all(sessions.map(async (session) => (await session.run([x]))[0]!))
  expect(tiled).not.toEqual(plain)
  expect(relativeError(tiled!, plain!)).toBeLessThan(5e-6)
  for (const session of sessions) await session.release()
})

it('refuses to differentiate by an input without a rule', () => {
  const graph = new Graph()
  const x = graph.input('x', [1, 4, 6, 8])
  const weight = graph.input('w', [4])
  const y = groupNorm(x, 2, weight, weight)
  expect(() => vjp({ outputs: [y], cotangents: [y], wrt: [weight] })).toThrow(/no gradient/)
})

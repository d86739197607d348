import { expect, it } from 'vitest'
import { footprint } from './footprint.ts'
import { add, conv, Graph, matmul, mul, relu, reshape } from './index.ts'

it('counts what is alive at once: results until their last use, in place where an operation allows it', () => {
  const graph = new Graph()
  const x = graph.input('x', [10])
  const y = mul(mul(relu(x), 2), 3)

  // x stays, its copy is worked on in place
  expect(footprint({ inputs: [x], outputs: [y] }).alive).toBe(20)

  const both = add(mul(x, 2), mul(x, 3))
  expect(footprint({ inputs: [x], outputs: [both] }).alive).toBe(30)
  expect(footprint({ inputs: [x], outputs: [reshape(y, [2, 5])] })).toMatchObject({ alive: 20, outputs: 10 })
})

it('counts weights once, multiply-adds, and symbolic dimensions', () => {
  const graph = new Graph()
  const x = graph.input('x', ['n', 3, 8, 8])
  const weight = graph.constant(new Float32Array(5 * 3 * 3 * 3), [5, 3, 3, 3])
  const bias = graph.constant(new Float32Array(5), [5])
  const y = conv(x, weight, bias, { pad: 1 })
  const one = footprint({ inputs: [x], outputs: [y] }, { n: 1 })
  const two = footprint({ inputs: [x], outputs: [y] }, { n: 2 })

  expect(one).toMatchObject({ alive: (3 + 5) * 64, outputs: 5 * 64, work: 5 * 64 * 27 })
  expect([two.alive, two.work, two.weights]).toEqual([2 * one.alive, 2 * one.work, one.weights])

  const a = graph.input('a', [4, 6])
  const b = graph.input('b', [6, 7])
  expect(footprint({ inputs: [a, b], outputs: [matmul(a, b)] }).work).toBe(4 * 6 * 7)
})

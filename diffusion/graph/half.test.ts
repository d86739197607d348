import { expect, it } from 'vitest'
import { openSession } from '../networks/session.ts'
import { numbers, relativeError } from '../testing/numeric.ts'
import { Graph, type Value } from './graph.ts'
import { writeModel } from './onnx.ts'
import { conv } from './ops/conv.ts'
import { relu, square } from './ops/elementwise.ts'
import { upsampleNearest } from './ops/pool.ts'
import { vjp } from './vjp.ts'

const pixels = 3 * 8 * 8

/** Two convolutions with what is around them, and the gradient; `half` or not. */
function network(half: boolean) {
  const graph = new Graph({ convBackward: 'transpose', winograd: false, half })
  const x = graph.input('x', [1, 3, 8, 8])
  const g = graph.input('g', [1, 3, 16, 16])
  const weight = (seed: number) => graph.constant(numbers(81, seed), [3, 3, 3, 3])
  const middle = graph.exactly(() => square(conv(x, weight(1), undefined, { pad: 1 })))
  const out = upsampleNearest(relu(conv(middle, weight(2), undefined, { pad: 1 })), 2)
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]

  return writeModel({ inputs: [x, g], outputs: [out, gradient] })
}

async function run(half: boolean, scale = 1) {
  const session = await openSession(network(half), { threads: 1, device: 'cpu' })
  const cotangent = numbers(4 * pixels, 4).map((value) => value * scale)
  const results = await session.run([numbers(pixels, 3), cotangent])
  await session.release()

  return results as [out: Float32Array, gradient: Float32Array]
}

it('is float16 but for what was built exactly, and that of its gradient; float32 outside', () => {
  const { nodes, outputs } = network(true)
  const types = (op: string) => nodes.filter((node) => node.op === op).map(({ types: [type] }) => type)
  expect(types('Conv')).toEqual(['float', 'float16'])
  expect(types('ConvTranspose')).toEqual(['float16', 'float'])
  expect(types('Resize')).toEqual(['float16'])
  const last = outputs.map(({ name }) => nodes.find((node) => node.outputs[0] === name)!.types[0])
  expect(last).toEqual(['float', 'float'])
  expect(network(false).nodes.filter(({ op }) => op === 'Cast')).toEqual([])
})

it('gives what float32 gives, to the precision of float16', async () => {
  const [expected, found] = [await run(false), await run(true)]
  for (const k of [0, 1] as const) {
    expect(relativeError(found[k], expected[k])).toBeLessThan(2e-3)
    expect(found[k]).not.toEqual(expected[k])
  }
})

it('cotangents far outside of what float16 can hold give gradients as good', async () => {
  for (const scale of [1e-12, 1e12]) {
    const [[, expected], [, found]] = [await run(false, scale), await run(true, scale)]
    expect(relativeError(found, expected)).toBeLessThan(2e-3)
  }
  const [, none] = await run(true, 0)
  expect(none.every((value) => value === 0)).toBe(true)
})

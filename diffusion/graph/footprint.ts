import type { Node, Value } from './graph.ts'
import { needed } from './onnx.ts'
import { sized } from './shape.ts'

type Symbols = Readonly<Record<string, number>>

/** What running a model takes, counted on its graph. */
export interface Footprint {
  /** numbers in weights and constants */
  weights: number
  /** most numbers that are alive at once while it runs, inputs and outputs included */
  alive: number
  /** numbers in its outputs */
  outputs: number
  /** multiply-adds of convolutions and matrix products */
  work: number
}

/** Their result is their input seen in another shape. */
const views = new Set(['Reshape', 'Identity', 'Squeeze', 'Unsqueeze', 'Flatten'])
/** Their result can take the place of an input that nobody needs any more. */
const inPlace = new Set(
  'Add Sub Mul Div Sqrt Relu Sigmoid Tanh Erf Exp Neg Abs Sign Clip Where Min Max Pow Reciprocal Softmax'.split(
    ' ',
  ),
)

/**
 * Counts a model whose nodes run in order, each result living until its last use: what a runtime that reuses memory
 * well needs, whatever else it does.
 */
export function footprint(
  model: { inputs: readonly Value[]; outputs: readonly Value[] },
  symbols: Symbols = {},
): Footprint {
  const { nodes } = needed(model.inputs, model.outputs)
  // a mask has a byte for each place, a quarter of a number
  const size = (value: Value) =>
    value.shape.reduce<number>((all, dim) => all * sized(dim, symbols), value.type === 'bool' ? 0.25 : 1)
  const running = nodes.filter((node) => node.inputs.some((input) => !input.constant))
  const values = outputsOf(running, model.outputs)
  const lastUse = new Map<string, number>()
  const owner = new Map<string, string>()
  const own = (name: string): string => (owner.has(name) ? own(owner.get(name)!) : name)

  running.forEach((node, at) => {
    if (views.has(node.op)) owner.set(node.outputs[0]!, node.inputs[0]!.name)
    for (const input of node.inputs) lastUse.set(own(input.name), at)
  })
  for (const value of [...model.inputs, ...model.outputs]) lastUse.set(own(value.name), running.length)

  const weights = new Map<string, number>()
  let alive = model.inputs.reduce((sum, value) => sum + size(value), 0)
  let most = alive
  let work = 0

  running.forEach((node, at) => {
    const dying = new Map<string, number>()
    for (const input of node.inputs) {
      if (input.constant) weights.set(input.name, size(input))
      else if (lastUse.get(own(input.name)) === at) dying.set(own(input.name), size(input))
    }
    const results = node.outputs.flatMap((name) => values.get(name) ?? [])
    const made = views.has(node.op) ? 0 : results.reduce((sum, value) => sum + size(value), 0)
    const reused = inPlace.has(node.op) && [...dying.values()].includes(made) ? made : 0

    most = Math.max(most, alive + made - reused)
    alive += made
    for (const count of dying.values()) alive -= count
    work += multiplyAdds(node, results, size, symbols)
  })

  return {
    weights: [...weights.values()].reduce((sum, count) => sum + count, 0),
    alive: most,
    outputs: model.outputs.reduce((sum, value) => sum + size(value), 0),
    work,
  }
}

/** Results that are used, by name. */
function outputsOf(nodes: readonly Node[], outputs: readonly Value[]): Map<string, Value> {
  const used = [...nodes.flatMap((node) => node.inputs), ...outputs]

  return new Map(used.filter(({ source }) => source.kind === 'node').map((value) => [value.name, value]))
}

function multiplyAdds(
  { op, inputs, attributes }: Node,
  [result]: readonly Value[],
  size: (value: Value) => number,
  symbols: Symbols,
): number {
  if (!result) return 0
  const dims = (value: Value) => value.shape.map((dim) => sized(dim, symbols))
  const perChannel = (weight: Value) => size(weight) / dims(weight)[0]!

  if (op === 'Conv') return size(result) * perChannel(inputs[1]!)
  if (op === 'ConvTranspose') return size(inputs[0]!) * perChannel(inputs[1]!)
  if (op !== 'MatMul' && op !== 'Gemm') return 0

  const { transA } = attributes
  const summed = dims(inputs[0]!).at(transA && 'int' in transA && transA.int === 1 ? -2 : -1)!

  return size(result) * summed
}

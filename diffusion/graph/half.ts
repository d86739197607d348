import type { ElementType, Node } from './graph.ts'
import { Value } from './graph.ts'

/**
 * Turns a float32 computation into one whose nodes work in float16, all but those built `exactly`: a cast stands
 * wherever a value passes from one side to the other. Whatever follows from weights alone stays float32 until it is
 * used, and ONNX Runtime folds its cast while loading. Inputs and outputs of the whole stay float32.
 *
 * @param nodes in an order that can be run
 */
export function halved(nodes: readonly Node[], outputs: readonly Value[]): Node[] {
  const all: Node[] = []
  /** Float16 twins by the name of the float32 value, and the names of those that have no float32 value yet. */
  const twins = new Map<string, Value>()
  const pending = new Set<string>()

  const cast = (from: Value, name: string, type: ElementType): Value => {
    const attributes = { to: { int: type === 'float16' ? 10 : 1 } }
    const node = { op: 'Cast', inputs: [from], attributes, outputs: [name], types: [type], exact: false }
    all.push(node)

    return new Value(from.graph, name, type, from.shape, { kind: 'node', node })
  }
  const toHalf = (value: Value): Value => {
    const twin = twins.get(value.name) ?? storedHalf(value) ?? cast(value, twinName(value.name), 'float16')
    twins.set(value.name, twin)

    return twin
  }
  const toFloat = (value: Value): Value => {
    if (pending.delete(value.name)) cast(twins.get(value.name)!, value.name, 'float')

    return value
  }

  for (const node of nodes) {
    const isHalf = !node.exact && !node.inputs.every((input) => input.constant)
    const inputs = node.inputs.map((input, k) => {
      if (input.type !== 'float' || !isData(node, k)) return input

      return isHalf ? toHalf(input) : toFloat(input)
    })
    const turned = node.types.map((type) => isHalf && type === 'float')
    const placed: Node = {
      ...node,
      inputs,
      outputs: node.outputs.map((name, k) => (turned[k] ? twinName(name) : name)),
      types: node.types.map((type, k) => (turned[k] ? 'float16' : type)),
    }
    all.push(placed)
    node.outputs.forEach((name, k) => {
      if (!turned[k]) return
      const source = { kind: 'node', node: placed } as const
      twins.set(name, new Value(node.inputs[0]!.graph, twinName(name), 'float16', [], source))
      pending.add(name)
    })
  }
  for (const output of outputs) toFloat(output)

  return used(all, outputs)
}

const twinName = (name: string) => `${name}_half`

/** A weight that the file has in float16 is used as it is. */
function storedHalf({ source }: Value): Value | null {
  if (source.kind !== 'node' || source.node.op !== 'Cast') return null
  const [before] = source.node.inputs

  return before?.type === 'float16' ? before : null
}

/** Scales of a Resize are float32 whatever it resizes. */
const isData = ({ op }: Node, input: number) => op !== 'Resize' || input === 0

/** Those that the outputs need: casts of weights to float32 are not, where only their float16 is used. */
function used(nodes: readonly Node[], outputs: readonly Value[]): Node[] {
  const wanted = new Set(outputs.map((output) => output.name))

  return nodes
    .toReversed()
    .filter((node) => {
      if (!node.outputs.some((name) => wanted.has(name))) return false
      for (const input of node.inputs) wanted.add(input.name)

      return true
    })
    .reverse()
}

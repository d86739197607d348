import { dirname, relative, sep } from 'node:path'
import { TeststripError } from '#study'
import { type Attribute, type ElementType, type Node, Value } from './graph.ts'
import { halved } from './half.ts'
import { Message } from './protobuf.ts'
import { product, type Shape, sized } from './shape.ts'

/** Element types of onnx.proto. */
const elementTypes: Record<ElementType, number> = {
  float: 1,
  int64: 7,
  bool: 9,
  float16: 10,
  double: 11,
  bfloat16: 16,
}

/** Opset 18 is the newest that every execution provider covers; IR 8 is its format. */
export const opset = 18
const irVersion = 8

export interface Model {
  bytes: Uint8Array
  /** Folder that holds the weight files the model refers to; null when it refers to none. */
  folder: string | null
  inputs: readonly Value[]
  outputs: readonly Value[]
  /** As written, in an order that can be run. */
  nodes: readonly Node[]
  /** Whether part of it is only run sometimes. */
  branches: boolean
  /** Numbers in its weights. */
  weights: number
}

export interface ModelParts {
  inputs: readonly Value[]
  outputs: readonly Value[]
  /** Outputs computed only in runs where `when` (a bool) is true; in others they are empty. */
  sometimes?: { when: Value; outputs: readonly Value[] }
}

/**
 * Writes the part of a graph that `outputs` need as an ONNX model. Values listed in `inputs` are fed at run time,
 * wherever they come from: a graph can be cut in two this way.
 */
export function writeModel({ inputs, outputs: always, sometimes }: ModelParts): Model {
  const roots = sometimes ? [...always, ...sometimes.outputs, sometimes.when] : always
  const late = sometimes ? sometimes.outputs.map(outside) : []
  const { nodes: plain, stored } = needed(inputs, roots)
  const nodes = roots[0]?.graph.lowering.half ? halved(plain, roots) : plain
  const folder = folderOf(stored)
  const graph = new Message()
  if (sometimes) {
    const first = reaching(nodes, [...always, sometimes.when])
    const main = nodes.filter((node) => first.has(node))
    const used = new Set(main.flatMap((node) => node.inputs.map(({ name }) => name)))
    const later = stored.filter(({ name }) => !used.has(name))
    for (const node of main) graph.message(1, nodeProto(node))
    const branch = branchProto({
      nodes: nodes.filter((node) => !first.has(node)),
      stored: later,
      outputs: sometimes.outputs,
      folder,
    })
    graph.message(1, ifProto(sometimes.when, late, branch))
    for (const value of stored) if (!later.includes(value)) graph.message(5, tensorProto(value, folder))
  } else {
    for (const node of nodes) graph.message(1, nodeProto(node))
    for (const value of stored) graph.message(5, tensorProto(value, folder))
  }
  graph.text(2, 'teststrip')
  for (const value of inputs) graph.message(11, valueInfo(value))
  for (const value of always) graph.message(12, valueInfo(value))
  for (const { name, type } of late) graph.message(12, valueInfo({ name, type, shape: null }))

  const model = new Message()
  model.integer(1, irVersion)
  model.text(2, 'teststrip')
  model.message(7, graph)
  model.message(8, new Message().text(1, '').integer(2, opset))

  return {
    bytes: model.bytes(),
    folder,
    inputs,
    outputs: [...always, ...late],
    nodes,
    branches: sometimes !== undefined,
    weights: stored.reduce((sum, { shape }) => sum + sized(product(shape), {}), 0),
  }
}

/** Nodes in an order that can be run, and the constants and weights they use. */
export function needed(
  inputs: readonly Value[],
  outputs: readonly Value[],
): { nodes: Node[]; stored: Value[] } {
  const given = new Set(inputs)
  const seen = new Set<Value | Node>()
  const nodes: Node[] = []
  const stored: Value[] = []
  const visit = (value: Value): void => {
    if (given.has(value) || seen.has(value)) return
    seen.add(value)
    const { source } = value
    if (source.kind === 'input') throw new TeststripError('internal', `${value.name} is needed but not fed`)
    if (source.kind !== 'node') {
      stored.push(value)
      return
    }
    if (seen.has(source.node)) return
    seen.add(source.node)
    for (const input of source.node.inputs) visit(input)
    nodes.push(source.node)
  }
  for (const output of outputs) visit(output)

  return { nodes, stored }
}

/** Nodes that some values need. */
function reaching(nodes: readonly Node[], roots: readonly Value[]): ReadonlySet<Node> {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)))
  const found = new Set<Node>()
  const visit = (name: string): void => {
    const node = makers.get(name)
    if (!node || found.has(node)) return
    found.add(node)
    for (const input of node.inputs) visit(input.name)
  }
  for (const { name } of roots) visit(name)

  return found
}

/** What a branch gives, as those outside know it: it needs a name of its own there. */
function outside({ graph, name, type, shape, source }: Value): Value {
  return new Value(graph, `${name}_outside`, type, shape, source)
}

function branchProto(options: {
  nodes: readonly Node[]
  stored: readonly Value[]
  outputs: readonly Value[]
  folder: string | null
}): Message {
  const { nodes, stored, outputs, folder } = options
  const graph = new Message().text(2, 'branch')
  for (const node of nodes) graph.message(1, nodeProto(node))
  for (const value of stored) graph.message(5, tensorProto(value, folder))
  for (const value of outputs) graph.message(12, valueInfo(value))

  return graph
}

/** An If whose other branch gives empty tensors. */
function ifProto(when: Value, outputs: readonly Value[], branch: Message): Message {
  const none = new Message().text(2, 'nothing')
  for (const { name } of outputs) {
    const empty = new Message().integer(1, 0).integer(2, elementTypes.float).text(8, `${name}_empty`)
    none.message(5, empty)
    none.message(1, new Message().text(1, `${name}_empty`).text(2, `${name}_none`).text(4, 'Identity'))
    none.message(12, valueInfo({ name: `${name}_none`, type: 'float', shape: [0] }))
  }
  const node = new Message().text(1, when.name)
  for (const { name } of outputs) node.text(2, name)
  node.text(4, 'If')
  for (const [name, graph] of [
    ['then_branch', branch],
    ['else_branch', none],
  ] as const)
    node.message(5, new Message().text(1, name).message(6, graph).integer(20, 5))

  return node
}

/** The folder that holds every weight file of a model; they may lie in several folders below it. */
function folderOf(stored: readonly Value[]): string | null {
  const folders = stored.flatMap(({ source }) =>
    source.kind === 'weight' ? [dirname(source.entry.path ?? source.file.path)] : [],
  )

  return folders.length === 0 ? null : folders.reduce(commonFolder)
}

function commonFolder(a: string, b: string): string {
  return relative(a, b).startsWith('..') ? commonFolder(dirname(a), b) : a
}

function nodeProto(node: Node): Message {
  const message = new Message()
  for (const input of node.inputs) message.text(1, input.name)
  for (const output of node.outputs) message.text(2, output)
  message.text(3, node.outputs[0]!)
  message.text(4, node.op)
  for (const [name, attribute] of Object.entries(node.attributes))
    message.message(5, attributeProto(name, attribute))

  return message
}

function attributeProto(name: string, attribute: Attribute): Message {
  const message = new Message().text(1, name)
  if ('float' in attribute) return message.float(2, attribute.float).integer(20, 1)
  if ('int' in attribute) return message.integer(3, attribute.int).integer(20, 2)
  if ('text' in attribute) return message.text(4, attribute.text).integer(20, 3)
  for (const value of attribute.ints) message.integer(8, value)

  return message.integer(20, 7)
}

function tensorProto({ name, shape, type, source }: Value, folder: string | null): Message {
  const message = new Message()
  for (const dim of shape) message.integer(1, dim as number)
  message.integer(2, elementTypes[type]).text(8, name)
  if (source.kind === 'constant') {
    const { data } = source

    return message.data(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  if (source.kind !== 'weight') throw new TeststripError('internal', `${name} holds no numbers`)
  const { file, entry } = source
  const location = relative(folder ?? '', entry.path ?? file.path)
    .split(sep)
    .join('/')
  const where = { location, offset: `${entry.offset}`, length: `${entry.bytes}` }
  for (const [key, value] of Object.entries(where))
    message.message(13, new Message().text(1, key).text(2, value))

  return message.integer(14, 1)
}

/** Name, type and, where it is known, shape. */
function valueInfo({ name, type, shape }: Pick<Value, 'name' | 'type'> & { shape: Shape | null }): Message {
  const tensor = new Message().integer(1, elementTypes[type])
  if (shape) tensor.message(2, shapeProto(shape))

  return new Message().text(1, name).message(2, new Message().message(1, tensor))
}

function shapeProto(shape: Shape): Message {
  const message = new Message()
  for (const dim of shape) {
    message.message(1, typeof dim === 'number' ? new Message().integer(1, dim) : new Message().text(2, dim))
  }

  return message
}

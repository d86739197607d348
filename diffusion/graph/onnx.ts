import { basename } from 'node:path'
import { TeststripError } from '#study'
import type { Attribute, ElementType, Node, Value } from './graph.ts'
import { Message } from './protobuf.ts'
import type { Shape } from './shape.ts'

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
const opset = 18
const irVersion = 8

export interface Model {
  bytes: Uint8Array
  /** Folder of the weight files the model refers to; null when it refers to none. */
  folder: string | null
  inputs: readonly Value[]
  outputs: readonly Value[]
}

/**
 * Writes the part of a graph that `outputs` need as an ONNX model. Values listed in `inputs` are fed at run time,
 * wherever they come from: a graph can be cut in two this way.
 */
export function writeModel(options: { inputs: readonly Value[]; outputs: readonly Value[] }): Model {
  const { inputs, outputs } = options
  const { nodes, stored } = needed(inputs, outputs)
  const graph = new Message()
  for (const node of nodes) graph.message(1, nodeProto(node))
  graph.text(2, 'teststrip')
  for (const value of stored) graph.message(5, tensorProto(value))
  for (const value of inputs) graph.message(11, valueInfo(value))
  for (const value of outputs) graph.message(12, valueInfo(value))

  const model = new Message()
  model.integer(1, irVersion)
  model.text(2, 'teststrip')
  model.message(7, graph)
  model.message(8, new Message().text(1, '').integer(2, opset))

  return { bytes: model.bytes(), folder: folderOf(stored), inputs, outputs }
}

/** Nodes in an order that can be run, and the constants and weights they use. */
function needed(inputs: readonly Value[], outputs: readonly Value[]): { nodes: Node[]; stored: Value[] } {
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

function folderOf(stored: readonly Value[]): string | null {
  const folders = new Set(
    stored.flatMap(({ source }) =>
      source.kind === 'weight' ? [source.file.path.slice(0, -basename(source.file.path).length - 1)] : [],
    ),
  )
  if (folders.size > 1)
    throw new TeststripError('internal', 'the weights of one model must lie in one folder')

  return [...folders][0] ?? null
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

function tensorProto({ name, shape, type, source }: Value): Message {
  const message = new Message()
  for (const dim of shape) message.integer(1, dim as number)
  message.integer(2, elementTypes[type]).text(8, name)
  if (source.kind === 'constant') {
    const { data } = source

    return message.data(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  if (source.kind !== 'weight') throw new TeststripError('internal', `${name} holds no numbers`)
  const { file, entry } = source
  const where = { location: basename(file.path), offset: `${entry.offset}`, length: `${entry.bytes}` }
  for (const [key, value] of Object.entries(where))
    message.message(13, new Message().text(1, key).text(2, value))

  return message.integer(14, 1)
}

function valueInfo(value: Value): Message {
  const tensor = new Message().integer(1, elementTypes[value.type]).message(2, shapeProto(value.shape))

  return new Message().text(1, value.name).message(2, new Message().message(1, tensor))
}

function shapeProto(shape: Shape): Message {
  const message = new Message()
  for (const dim of shape) {
    message.message(1, typeof dim === 'number' ? new Message().integer(1, dim) : new Message().text(2, dim))
  }

  return message
}

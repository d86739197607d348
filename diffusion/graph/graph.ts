import { TeststripError } from '#study'
import type { TensorEntry, TensorFile, TensorType } from '../weights/tensor-file.ts'
import { type Shape, sameShape } from './shape.ts'

export type ElementType = 'float' | 'int64' | 'bool' | 'float16' | 'bfloat16' | 'double'
export type Attribute = { int: number } | { float: number } | { ints: readonly number[] } | { text: string }

/** How a graph is to be written for the device that will run it. */
export interface Lowering {
  /** How a stride-1 convolution is differentiated: 'flip' is fast on CPUs, 'transpose' right and fast on GPUs. */
  convBackward: 'flip' | 'transpose'
  /** Large 3 × 3 convolutions by Winograd's filtering: up to twice as fast on CPUs; GPUs have kernels of their own. */
  winograd: boolean
  /** First axis of pictures: 1 where they go through a network one by one, a symbol where together. */
  pictures: 1 | 'pictures'
  /** Operations that the device has no kernel for: others are put together in their place. */
  lacks: readonly 'Asin'[]
  /** Convolutions and matrix products in float16, except in what was built `exactly`. */
  half: boolean
}

const plain: Lowering = { convBackward: 'flip', winograd: true, pictures: 1, lacks: [], half: false }

/** Where a value comes from. */
export type Source =
  | { kind: 'input' }
  | { kind: 'constant'; data: Float32Array | BigInt64Array }
  | { kind: 'weight'; file: TensorFile; entry: TensorEntry }
  | { kind: 'node'; node: Node }

/** One tensor of a graph. */
export class Value {
  /** True when it follows from constants and weights alone, so ONNX Runtime folds it while loading. */
  readonly constant: boolean

  constructor(
    readonly graph: Graph,
    readonly name: string,
    readonly type: ElementType,
    readonly shape: Shape,
    readonly source: Source,
  ) {
    this.constant =
      source.kind === 'node' ? source.node.inputs.every((input) => input.constant) : source.kind !== 'input'
  }
}

export interface Node {
  readonly op: string
  readonly inputs: readonly Value[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Names of all outputs; '' for one that is not wanted. */
  readonly outputs: string[]
  readonly types: readonly ElementType[]
  /** Stays float32 where its graph is lowered to float16. */
  readonly exact: boolean
}

/** Cotangents of an operation's outputs (undefined: that output was not used) to the cotangent of one input. */
export type Rule = (...cotangents: (Value | undefined)[]) => Value

/** One differentiable operation as it was called: primitive or composite. */
export interface TapeStep {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  /** One rule per input; null where the operation has no gradient by that input. */
  readonly rules: readonly (Rule | null)[]
  /** Whether its rules, too, stay float32. */
  readonly exact: boolean
}

/** What an operation produces beside its one differentiable output. */
export interface OpOptions {
  shape: Shape
  type?: ElementType
  attributes?: Record<string, Attribute>
}

const weightTypes: Partial<Record<TensorType, ElementType>> = {
  F32: 'float',
  F16: 'float16',
  BF16: 'bfloat16',
  F64: 'double',
}

/**
 * A computation being built: values, and a tape of the operations that made them. Each operation is a function that
 * adds its ONNX node and puts its vector–Jacobian rules on the tape; `vjp` walks the tape backwards.
 */
export class Graph {
  readonly tape: TapeStep[] = []
  readonly inputs: Value[] = []
  readonly lowering: Lowering
  private count = 0
  private taping = true
  private exact = false
  private readonly shared = new Map<string, Value>()

  constructor(lowering: Partial<Lowering> = {}) {
    this.lowering = { ...plain, ...lowering }
  }

  input(name: string, shape: Shape, type: ElementType = 'float'): Value {
    const value = new Value(this, name, type, shape, { kind: 'input' })
    this.inputs.push(value)

    return value
  }

  /** Numbers known now. Small equal ones are stored once. */
  constant(data: Float32Array | BigInt64Array, shape: Shape = [data.length]): Value {
    const type = data instanceof Float32Array ? 'float' : 'int64'
    const make = () => new Value(this, this.fresh('constant'), type, shape, { kind: 'constant', data })
    if (data.length > 1024) return make()
    const key = `${type} ${shape.join(',')}: ${data.join(',')}`
    const value = this.shared.get(key) ?? make()
    this.shared.set(key, value)

    return value
  }

  scalar(value: number): Value {
    return this.constant(Float32Array.of(value), [])
  }

  ints(values: readonly number[]): Value {
    return this.constant(BigInt64Array.from(values, BigInt))
  }

  /** A stored tensor, read in place and used in float32. */
  weight(file: TensorFile, entry: TensorEntry): Value {
    const type = weightTypes[entry.type]
    if (!type)
      throw new TeststripError(
        'internal',
        `${entry.name} is stored as ${entry.type}, which is no number format of a network`,
      )
    const key = `weight ${entry.path ?? file.path} ${entry.name}`
    const known = this.shared.get(key)
    if (known) return known
    const stored = this.inOrder(type, file, entry)
    const value =
      type === 'float'
        ? stored
        : this.node('Cast', [stored], { shape: entry.shape, attributes: { to: { int: 1 } } })
    this.shared.set(key, value)

    return value
  }

  /** A stored tensor with its axes in their order, however they lie in the file. */
  private inOrder(type: ElementType, file: TensorFile, entry: TensorEntry): Value {
    const { name, shape, order } = entry
    const layout = order ? order.map((axis) => shape[axis]!) : shape
    const stored = new Value(this, this.fresh(name), type, layout, { kind: 'weight', file, entry })
    if (!order) return stored
    const perm = { ints: shape.map((_, axis) => order.indexOf(axis)) }

    return this.node('Transpose', [stored], { shape, type, attributes: { perm } })
  }

  /** Adds a node without a gradient rule. */
  node(op: string, inputs: readonly Value[], options: OpOptions): Value {
    return this.nodeOf(op, inputs, options, [options])[0]!
  }

  /** Adds a node of several outputs without gradient rules. */
  nodeOf(
    op: string,
    inputs: readonly Value[],
    { attributes = {} }: { attributes?: Record<string, Attribute> },
    outputs: readonly { shape: Shape; type?: ElementType }[],
  ): Value[] {
    const node: Node = {
      op,
      inputs,
      attributes,
      outputs: outputs.map(() => this.fresh(op)),
      types: outputs.map(({ type }) => type ?? 'float'),
      exact: this.exact,
    }

    return outputs.map(
      ({ shape, type }, k) =>
        new Value(this, node.outputs[k]!, type ?? 'float', shape, { kind: 'node', node }),
    )
  }

  /** Adds a node and its rules, one per input. */
  op(
    op: string,
    inputs: readonly Value[],
    options: OpOptions,
    rules: readonly (((cotangent: Value) => Value) | null)[],
  ): Value {
    return this.differentiable(inputs, this.node(op, inputs, options), rules)
  }

  /**
   * Declares rules for a value computed from `inputs`, hiding how it was computed from `vjp`
   * (call it on what `untaped` returned).
   */
  differentiable(
    inputs: readonly Value[],
    output: Value,
    rules: readonly (((cotangent: Value) => Value) | null)[],
  ): Value {
    this.record({ inputs, outputs: [output], rules: rules.map((rule) => rule && ((g) => rule(g!))) })

    return output
  }

  record(step: Omit<TapeStep, 'exact'>): void {
    if (this.taping) this.tape.push({ ...step, exact: this.exact })
  }

  /** Runs `build` on a stretch of tape of its own, which is cut off again afterwards. */
  tapedAside<T>(build: () => T): T {
    const { length } = this.tape
    const before = this.taping
    this.taping = true
    try {
      return build()
    } finally {
      this.taping = before
      this.tape.length = length
    }
  }

  /** Runs `build` without writing on the tape. */
  untaped<T>(build: () => T): T {
    const before = this.taping
    this.taping = false
    try {
      return build()
    } finally {
      this.taping = before
    }
  }

  /**
   * What `build` adds, and its gradient, stays float32 where the graph is lowered to float16: norms, softmax,
   * embeddings, losses, what goes in and comes out.
   */
  exactly<T>(build: () => T, exact = true): T {
    const before = this.exact
    this.exact = exact
    try {
      return build()
    } finally {
      this.exact = before
    }
  }

  private fresh(base: string): string {
    this.count += 1

    return `${base}_${this.count}`
  }
}

/** Throws unless a value has the given shape. */
export function expectShape(value: Value, shape: Shape): void {
  if (!sameShape(value.shape, shape))
    throw new TeststripError(
      'internal',
      `${value.name} is [${value.shape.join(', ')}], not [${shape.join(', ')}]`,
    )
}

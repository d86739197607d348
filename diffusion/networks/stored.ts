import { basename } from 'node:path'
import { TeststripError } from '#study'
import type { Graph, Value } from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'

/** The stored tensors of one network, by name, checked against what the architecture expects. */
export class Stored {
  constructor(
    private readonly file: TensorFile,
    private readonly graph: Graph,
  ) {}

  has(name: string): boolean {
    return this.file.tensors.has(name)
  }

  /** Numbers of all names that match, e.g. of blocks: 1 + the largest first group of `pattern`, or 0. */
  count(pattern: RegExp): number {
    const found = [...this.file.tensors.keys()].flatMap((name) => pattern.exec(name)?.[1] ?? [])

    return found.reduce((most, text) => Math.max(most, Number(text) + 1), 0)
  }

  shape(name: string, rank: number): readonly number[] {
    const { shape } = this.entry(name)
    if (shape.length !== rank) this.fail(`the tensor "${name}" has ${shape.length} axes instead of ${rank}.`)

    return shape
  }

  /** The tensor, which must have exactly this shape. */
  get(name: string, shape: readonly number[]): Value {
    const entry = this.entry(name)
    if (entry.shape.length !== shape.length || entry.shape.some((dim, axis) => dim !== shape[axis]))
      this.fail(
        `the tensor "${name}" is [${entry.shape.join(', ')}], but the network needs [${shape.join(', ')}].`,
      )
    if (!['F32', 'F16', 'BF16', 'F64'].includes(entry.type))
      this.fail(`the tensor "${name}" is stored as ${entry.type}, which is no number format of a network.`)

    return this.graph.weight(this.file, entry)
  }

  /** A layer's weight and bias. */
  layer(name: string, shape: readonly number[]): [weight: Value, bias: Value] {
    return [this.get(`${name}.weight`, shape), this.get(`${name}.bias`, [shape[0]!])]
  }

  fail(why: string): never {
    const { path } = this.file
    throw new TeststripError('pack_invalid', `${basename(path)}: ${why} The file does not fit its pack.`, {
      path,
    })
  }

  private entry(name: string) {
    return this.file.tensors.get(name) ?? this.fail(`the tensor "${name}" is missing.`)
  }
}

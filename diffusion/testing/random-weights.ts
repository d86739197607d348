import { writeFile } from 'node:fs/promises'
import { TeststripError } from '#study'
import { Graph } from '../graph/index.ts'
import type { TensorEntry, TensorFile } from '../weights/index.ts'
import { numbers } from './numeric.ts'

/**
 * Writes a safetensors file of random weights for a network of any configuration: its shapes are learnt by building
 * the network on an empty file and giving it each tensor it complains about.
 */
export async function writeRandomWeights(
  path: string,
  build: (graph: Graph, file: TensorFile) => unknown,
): Promise<void> {
  const tensors = new Map<string, TensorEntry>()
  while (!complete(build, { path, tensors }, tensors));
  const header: Record<string, unknown> = {}
  const parts: Float32Array[] = []
  let offset = 0
  for (const { name, shape } of tensors.values()) {
    const count = shape.reduce((all, dim) => all * dim, 1)
    const spread = 1 / Math.sqrt(count / (shape[0] ?? 1))
    parts.push(
      numbers(count, offset + 1).map((value) =>
        shape.length === 1 ? 1 + 0.2 * value : 1.7 * spread * value,
      ),
    )
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * count] }
    offset += 4 * count
  }
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  await writeFile(path, Buffer.concat([length, text, ...parts.map((part) => Buffer.from(part.buffer))]))
}

/** One attempt to build; a complaint adds or reshapes one tensor. */
function complete(
  build: (graph: Graph, file: TensorFile) => unknown,
  file: TensorFile,
  tensors: Map<string, TensorEntry>,
): boolean {
  try {
    build(new Graph(), file)

    return true
  } catch (error) {
    if (!(error instanceof TeststripError)) throw error
    const [, name] = /the tensor "([^"]+)"/.exec(error.message) ?? []
    const [, needed] = /needs (\[[^\]]*\])/.exec(error.message) ?? []
    if (!name) throw error
    const shape = JSON.parse(needed ?? '[]') as number[]
    tensors.set(name, { name, type: 'F32', shape, offset: 0, bytes: 0 })

    return false
  }
}

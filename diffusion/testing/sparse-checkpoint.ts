import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { TensorEntry } from '../weights/index.ts'

/** The names and shapes of a published checkpoint (`keys/`), all in float16, one behind the other. */
export function keyList(list: string): TensorEntry[] {
  const text = readFileSync(join(import.meta.dirname, `keys/${list}.txt`), 'utf8')
  let offset = 0

  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name, dims] = line.split(/ (?=\[)/) as [string, string]
      const shape = JSON.parse(dims) as number[]
      const bytes = shape.reduce((all, dim) => all * dim, 2)
      offset += bytes

      return { name, type: 'F16', shape, offset: offset - bytes, bytes }
    })
}

/** A safetensors file of these tensors whose numbers are all zero: a hole that takes no room on most disks. */
export async function writeSparse(path: string, tensors: readonly TensorEntry[]): Promise<void> {
  const header = Object.fromEntries(
    tensors.map(({ name, type, shape, offset, bytes }) => [
      name,
      { dtype: type, shape, data_offsets: [offset, offset + bytes] },
    ]),
  )
  const text = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  const file = await open(path, 'w')
  try {
    await file.write(Buffer.concat([length, text]))
    await file.truncate(8 + text.length + tensors.reduce((all, { bytes }) => all + bytes, 0))
  } finally {
    await file.close()
  }
}

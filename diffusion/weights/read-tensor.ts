import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { TeststripError } from '#study'
import type { TensorFile } from './tensor-file.ts'

/** One stored tensor as float32, in C order. For small tables and tests: networks read their weights in place. */
export async function readTensor(file: TensorFile, name: string): Promise<Float32Array> {
  const entry = file.tensors.get(name)
  if (!entry)
    throw new TeststripError('pack_invalid', `${basename(file.path)}: the tensor "${name}" is missing.`, {
      name,
    })
  const buffer = Buffer.alloc(entry.bytes)
  const handle = await open(file.path)
  try {
    await handle.read(buffer, 0, entry.bytes, entry.offset)
  } finally {
    await handle.close()
  }
  const view = new DataView(buffer.buffer, buffer.byteOffset, entry.bytes)
  if (entry.type === 'F32')
    return Float32Array.from({ length: entry.bytes / 4 }, (_, k) => view.getFloat32(4 * k, true))
  if (entry.type === 'F16')
    return Float32Array.from({ length: entry.bytes / 2 }, (_, k) => fromHalf(view.getUint16(2 * k, true)))
  throw new TeststripError('pack_invalid', `${basename(file.path)}: "${name}" is stored as ${entry.type}.`, {
    name,
  })
}

/** An IEEE 754 half from its bits. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY

  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

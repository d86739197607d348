import { basename } from 'node:path'
import { TeststripError } from '#study'
import { OpenFile } from './open-file.ts'
import { bytesPerElement, type TensorFile, type TensorType } from './tensor-file.ts'

/** One stored tensor as float32, in C order. For small tables and tests: networks read their weights in place. */
export async function readTensor(file: TensorFile, name: string): Promise<Float32Array> {
  const entry = file.tensors.get(name)
  if (!entry)
    throw new TeststripError('pack_invalid', `${basename(file.path)}: the tensor "${name}" is missing.`, {
      name,
    })
  const bytes = await OpenFile.with(entry.path ?? file.path, (open) =>
    open.readAll(entry.offset, entry.bytes),
  )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = readers[entry.type]
  if (!read)
    throw new TeststripError(
      'pack_invalid',
      `${basename(file.path)}: "${name}" is stored as ${entry.type}.`,
      {
        name,
      },
    )
  const stored = Float32Array.from({ length: entry.bytes / bytesPerElement[entry.type] }, (_, k) =>
    read(view, k),
  )

  return entry.order ? inOrder(stored, entry.shape, entry.order) : stored
}

const readers: Partial<Record<TensorType, (view: DataView, index: number) => number>> = {
  F64: (view, k) => view.getFloat64(8 * k, true),
  F32: (view, k) => view.getFloat32(4 * k, true),
  F16: (view, k) => fromHalf(view.getUint16(2 * k, true)),
  BF16: (view, k) => fromBrainFloat(view.getUint16(2 * k, true)),
}

/** The numbers of a tensor in C order, from the order of axes they are stored in. */
function inOrder(stored: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = new Array<number>(shape.length).fill(0)
  order.reduceRight((stride, axis) => {
    strides[axis] = stride

    return stride * shape[axis]!
  }, 1)
  const place = (index: number): number => {
    let rest = index
    let at = 0
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      at += (rest % shape[axis]!) * strides[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }

    return at
  }

  return stored.map((_, index) => stored[place(index)]!)
}

const bits = new DataView(new ArrayBuffer(4))

/** A bfloat16 from its bits: the upper half of a float32. */
function fromBrainFloat(half: number): number {
  bits.setUint32(0, half << 16)

  return bits.getFloat32(0)
}

/** An IEEE 754 half from its bits. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 31
  const fraction = half & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY

  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

import { quoted } from '../open-file.ts'
import { bytesPerElement, type TensorEntry, type TensorType } from '../tensor-file.ts'
import type { TensorRef } from './inert.ts'

type Fail = (why: string) => never

/** Where a storage lies in the file. */
export interface StoragePlace {
  offset: number
  bytes: number
}

const storageTypes: Record<string, TensorType> = {
  DoubleStorage: 'F64',
  FloatStorage: 'F32',
  HalfStorage: 'F16',
  BFloat16Storage: 'BF16',
  LongStorage: 'I64',
  IntStorage: 'I32',
  ShortStorage: 'I16',
  CharStorage: 'I8',
  ByteStorage: 'U8',
  BoolStorage: 'BOOL',
}

/** The number format of a storage class. */
export function storageType(type: string, fail: Fail): TensorType {
  return Object.hasOwn(storageTypes, type)
    ? storageTypes[type]!
    : fail(`it holds numbers as ${quoted(type)}, which is not supported.`)
}

/** A tensor's place in the file: inside its storage, and without gaps in some order of its axes. */
export function placeTensor(name: string, tensor: TensorRef, place: StoragePlace, fail: Fail): TensorEntry {
  const { storage, shape, strides } = tensor
  const type = storageType(storage.type, fail)
  const size = bytesPerElement[type]
  const count = shape.reduce((all, dim) => all * dim, 1)
  const end = tensor.offset + (count === 0 ? 0 : 1 + extent(shape, strides))
  if (!Number.isSafeInteger(count) || end > storage.count || (storage.from + end) * size > place.bytes)
    return fail(`the tensor ${quoted(name)} reaches beyond its storage; the file is damaged.`)

  const order = count === 0 ? [] : axesByStride(shape, strides)
  let step = 1
  for (const axis of order.toReversed()) {
    if (shape[axis] === 1) continue
    if (strides[axis] !== step)
      fail(
        `the tensor ${quoted(name)} is stored with gaps or repeats; save the checkpoint again from contiguous tensors.`,
      )
    step *= shape[axis]!
  }
  const offset = place.offset + (storage.from + tensor.offset) * size
  const entry = { name, type, shape, offset, bytes: count * size }

  return order.every((axis, k) => axis === k) ? entry : { ...entry, order }
}

/** Numbers between the first and the last one of a tensor. */
function extent(shape: readonly number[], strides: readonly number[]): number {
  return shape.reduce((all, dim, axis) => all + (dim - 1) * strides[axis]!, 0)
}

/** Axes from the slowest to the fastest. One of length 1 may stand anywhere, and stays where it is. */
function axesByStride(shape: readonly number[], strides: readonly number[]): number[] {
  const real = shape.flatMap((dim, axis) => (dim === 1 ? [] : [axis]))
  const sorted = real.toSorted((a, b) => strides[b]! - strides[a]! || a - b)

  return shape.map((dim, axis) => (dim === 1 ? axis : sorted.shift()!))
}

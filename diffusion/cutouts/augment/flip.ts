import type { Adjoint, Batch } from './batch.ts'

/** Mirrors every cut left to right. */
export function flip(batch: Batch): Adjoint {
  const mirror = (data: Float32Array) => {
    for (let at = 0; at < data.length; at += batch.width) data.subarray(at, at + batch.width).reverse()
  }

  mirror(batch.data)

  return mirror
}

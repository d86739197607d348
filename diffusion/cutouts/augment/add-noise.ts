import { type Adjoint, type Batch, unchanged } from './batch.ts'

/** Adds deviation · N(0, 1); `normals` has the shape of the batch. */
export function addNoise(batch: Batch, normals: Float32Array, deviation: number): Adjoint {
  const { data } = batch
  const scale = Math.fround(deviation)

  for (let i = 0; i < data.length; i++) data[i]! += Math.fround(scale * normals[i]!)

  return unchanged
}

import { grayInPlace, spreadGray } from '../gray.ts'
import type { Adjoint, Batch } from './batch.ts'

/** Turns every cut grey. */
export function grayscale({ data, count, width, height }: Batch): Adjoint {
  const area = width * height

  for (let k = 0; k < count; k++) grayInPlace(data, k * 3 * area, area)

  return (gradient) => {
    for (let k = 0; k < count; k++) spreadGray(gradient, k * 3 * area, area)
  }
}

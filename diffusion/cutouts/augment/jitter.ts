import { between, type Draws } from '../../random/draws.ts'
import type { Adjoint, Batch } from './batch.ts'
import { brightness, contrast, saturation } from './blend.ts'
import { hue } from './hue.ts'

export interface JitterRanges {
  brightness: number
  contrast: number
  saturation: number
  /** in turns */
  hue: number
}

const operations = [brightness, contrast, saturation, hue] as const

/** ColorJitter: the order first, then all four amounts, then the operations in that order. */
export function jitter(batch: Batch, draws: Draws, ranges: JitterRanges): Adjoint {
  const order = draws.permutation(4)
  const amounts = [
    between(draws, 1 - ranges.brightness, 1 + ranges.brightness),
    between(draws, 1 - ranges.contrast, 1 + ranges.contrast),
    between(draws, 1 - ranges.saturation, 1 + ranges.saturation),
    between(draws, -ranges.hue, ranges.hue),
  ]
  const adjoints = order.map((which) => operations[which]!(batch, amounts[which]!))

  return (gradient) => {
    for (const adjoint of adjoints.toReversed()) adjoint(gradient)
  }
}

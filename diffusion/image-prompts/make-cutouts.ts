import { augment, chains } from '../cutouts/index.ts'
import type { NoiseSource, Place } from '../random/index.ts'
import { type PlaneStack, padded, squareOf } from './plane-stack.ts'
import { resample } from './resample.ts'

const { abs, fround, max, min, trunc } = Math

/** Cuts of one picture, of which the last few show all of it. */
export const cutCount = 16
const wholeCuts = cutCount / 4 - 1

export interface CutoutJob {
  /** in -1 .. 1 */
  picture: PlaneStack
  side: number
  skip_augs: boolean
  noise: NoiseSource
  /** names the draws of paired noise */
  place: Omit<Place, 'purpose' | 'row' | 'part'>
}

/**
 * DD `MakeCutouts`, by which image prompts are looked at: [16, 3, side, side] in -1 .. 1. Unlike the cuts that guide,
 * each is augmented by itself, and before it is made small.
 */
export function makeCutouts({ picture, side, skip_augs, noise, place }: CutoutJob): Float32Array {
  const framed = padded(picture, Math.floor(picture.height / 4))
  const length = 3 * side * side
  const out = new Float32Array(cutCount * length)

  for (let row = 0; row < cutCount; row++) {
    const isWhole = row >= cutCount - wholeCuts
    const cut = isWhole
      ? { ...framed, data: framed.data.slice() }
      : inner(framed, side, noise, { ...place, row })

    // The chain of Video Input is the one DD uses here in every mode.
    if (!skip_augs) augment({ ...cut, count: 1 }, chains['Video Input'], noise, { ...place, row }, [row])

    out.set(resample(cut, side), row * length)
  }

  return out
}

function inner(
  framed: PlaneStack,
  side: number,
  noise: NoiseSource,
  place: Omit<Place, 'purpose'>,
): PlaneStack {
  const draws = noise.draws({ ...place, purpose: 'crop' })
  const largest = min(framed.width, framed.height)
  const share = fround(0.8 + 0.3 * draws.normal(1)[0]!)
  const size = trunc(fround(largest * min(max(share, fround(side / largest)), 1)))
  const x = draws.integer(abs(framed.width - size + 1))
  const y = draws.integer(abs(framed.height - size + 1))

  return squareOf(framed, size, x, y)
}

import type { Draws } from '../random/draws.ts'
import type { Square } from './resize.ts'

export interface CutSettings {
  /** cut_overview at this step */
  overview: number
  /** cut_innercut at this step */
  inner: number
  /** cut_ic_pow at this step: higher means smaller crops */
  power: number
  /** cut_icgray_p at this step */
  grayShare: number
  /** `disco` makes floor(share·n) + 1 inner cuts grey; `exact` rounds share·n */
  grayRule: 'disco' | 'exact'
}

export interface Cut {
  square: Square
  gray: boolean
  flip: boolean
  /** names the cut's own random streams: overview cuts count from 0, inner cuts from `innerRow` */
  row: number
}

/** So many overview cuts may exist before their streams would meet those of the inner cuts. */
export const innerRow = 65536

/**
 * Where the cuts of one CLIP run lie (MakeCutoutsDango): overview cuts of the whole padded picture, then inner
 * crops of random size and place. `draws(row)` gives the numbers of one inner cut: size, x, y, in this order.
 */
export function planCuts(
  settings: CutSettings,
  [width, height]: readonly [number, number],
  side: number,
  draws: (row: number) => Draws,
): Cut[] {
  return [
    ...overviewCuts(settings.overview, width, height),
    ...innerCuts(settings, width, height, side, draws),
  ]
}

function overviewCuts(count: number, width: number, height: number): Cut[] {
  const size = Math.max(width, height)
  const square = { size, x: (width - size) / 2, y: (height - size) / 2 }

  return Array.from({ length: count }, (_, row) => ({
    square,
    gray: count <= 4 && row % 2 === 1,
    flip: count <= 4 && row >= 2,
    row,
  }))
}

function innerCuts(
  settings: CutSettings,
  width: number,
  height: number,
  side: number,
  draws: (row: number) => Draws,
): Cut[] {
  const largest = Math.min(width, height)
  const smallest = Math.min(largest, side)
  const grayCount = countGray(settings)

  return Array.from({ length: settings.inner }, (_, k) => {
    const row = innerRow + k
    const stream = draws(row)
    const share = powerOf(stream.uniform(), settings.power)
    const size = Math.trunc(Math.fround(Math.fround(share * (largest - smallest)) + smallest))
    const x = stream.integer(width - size + 1)
    const y = stream.integer(height - size + 1)

    return { square: { size, x, y }, gray: k < grayCount, flip: false, row }
  })
}

function countGray({ inner, grayShare, grayRule }: CutSettings): number {
  return grayRule === 'exact' ? Math.round(grayShare * inner) : Math.trunc(grayShare * inner) + 1
}

/** float32 power; torch multiplies out the exponents 2 and 3 and takes the root for 0.5. */
function powerOf(base: number, exponent: number): number {
  if (exponent === 3) return Math.fround(Math.fround(base * base) * base)

  return Math.fround(base ** exponent)
}

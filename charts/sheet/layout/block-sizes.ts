import type { HeaderBand, SheetBlock } from '../sheet-document.ts'
import type { TextMaker } from './make-text.ts'

/** What decides all sizes on a page, in pixels. */
export interface Scale {
  unit: number
  cell: { width: number; height: number }
  /** Legend, conditions and footer stand right of the tables instead of below: for pages wider than high. */
  isBeside?: boolean
}

/** Sizes that all blocks of a sheet share, in pixels, so that their columns stand under each other. */
export interface BlockSizes {
  unit: number
  cell: { width: number; height: number }
  /** Between cells. */
  gutter: number
  /** Extra between columns or rows under different outer labels. */
  groupGap: number
  /** Distance of neighbouring columns, gutter not included: at least the width of a cell. */
  column: number
  /** Width of each column of row labels, outermost first. */
  rowLabels: number[]
  /** Between columns of row labels, and from them to the cells. */
  labelGap: number
}

/** Start of each column or row: sizes and gutters, and wider gaps where an outer label changes. */
export function offsets(
  count: number,
  bands: readonly HeaderBand[],
  size: number,
  sizes: BlockSizes,
): number[] {
  const groups = groupStarts(bands)
  let at = 0

  return Array.from({ length: count }, (_, i) => {
    if (i > 0) at += size + sizes.gutter + (groups.has(i) ? sizes.groupGap : 0)

    return at
  })
}

/** The columns or rows before which an outer label changes. */
export function groupStarts(bands: readonly HeaderBand[]): Set<number> {
  return new Set(bands.slice(0, -1).flatMap((band) => band.labels.map((label) => label.from)))
}

/** Size of a schedule's curve, and its distance from its label. */
export const curveSize = (unit: number) => ({
  width: Math.round(72 * unit),
  height: Math.round(18 * unit),
  gap: Math.round(3 * unit),
})

/** The sizes of a set of blocks, whichever of them stand on the page. */
export function blockSizes(
  blocks: readonly SheetBlock[],
  { unit, cell }: Pick<Scale, 'unit' | 'cell'>,
  text: TextMaker,
): BlockSizes {
  const longest = (labels: string[]) =>
    labels.reduce((most, label) => Math.max(most, text.natural('label', label)), 0)
  const innermost = blocks.flatMap(
    (block) => block.columnBands.at(-1)?.labels.map((label) => label.text) ?? [],
  )
  const levels = blocks[0]?.rowBands.length ?? 0
  const rowLabels = Array.from({ length: levels }, (_, level) => {
    const bands = blocks.map((block) => block.rowBands[level]!)
    const curve = bands.some((band) => band.labels.some((label) => label.curve)) ? curveSize(unit).width : 0
    const natural = Math.max(
      curve,
      longest(bands.flatMap((band) => band.labels.map((label) => label.text))),
      ...bands.map((band) => text.natural('name', band.name)),
    )

    return Math.min(natural, Math.round(230 * unit))
  })

  return {
    unit,
    cell,
    gutter: Math.max(1, Math.round(8 * unit)),
    groupGap: Math.round(14 * unit),
    // A column is never narrower than a short label, however small its pictures.
    column: Math.max(cell.width, Math.min(longest(innermost), Math.round(64 * unit))),
    rowLabels,
    labelGap: Math.round(20 * unit),
  }
}

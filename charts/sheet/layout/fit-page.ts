import { cellOfWidth } from '../prepare/cell-size.ts'
import type { DocumentPictures } from '../sheet-document.ts'
import { blockSizes, offsets, type Scale } from './block-sizes.ts'
import { besideOf, type ComposePage, composePage, marginOf } from './compose-page.ts'
import { textMaker } from './make-text.ts'

/** Type on a full page may be this much smaller than its size asks for, before the pictures shrink. */
const thrift = [1, 0.85, 0.7, 0.55]
/** A smaller type is worth it where pictures grow by more than this. */
const worth = 1.25
/** Pictures narrower than this are no pictures. */
export const leastCell = 8

export type FitPage = Omit<ComposePage, 'scale'> & { unit: number }

/**
 * The scale at which the blocks fit the frame with the largest pictures, in the largest type that does not cost them
 * much; null where they fit at none.
 */
export function fitPage({ unit, ...page }: FitPage): Scale | null {
  const { width, height } = page.frame
  const isWide = width !== null && height !== null && width > 1.2 * height
  const fitted = thrift
    .flatMap((share) =>
      (isWide && page.foot ? [true, false] : [false]).map((isBeside) =>
        fitUnit(page, { unit: unit * share, isBeside }),
      ),
    )
    .filter((scale): scale is Scale => scale !== null)
  const widest = Math.max(0, ...fitted.map(({ cell }) => cell.width))

  return fitted.find(({ cell }) => cell.width * worth >= widest) ?? null
}

function fitUnit(
  page: Omit<ComposePage, 'scale'>,
  { unit, isBeside }: { unit: number; isBeside: boolean },
): Scale | null {
  const { document, frame } = page
  const scaleOf = (width: number): Scale => ({
    unit,
    cell: snapped(document.pictures, width),
    isBeside,
  })
  const most = widestCell(page, unit, isBeside)
  if (most < leastCell) return null

  const { height } = frame
  if (height === null) return scaleOf(most)
  const text = textMaker(unit, page.measure)
  const fits = (width: number) => composePage({ ...page, text, scale: scaleOf(width) }).height <= height
  if (fits(most)) return scaleOf(most)
  if (!fits(leastCell)) return null

  let [low, high] = [leastCell, most]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fits(middle)) low = middle
    else high = middle
  }

  return scaleOf(low)
}

/** The widest cell with which every block fits the width of the frame. */
export function widestCell(
  { document, blocks, measure, frame }: Pick<ComposePage, 'document' | 'blocks' | 'measure' | 'frame'>,
  unit: number,
  isBeside = false,
): number {
  if (frame.width === null) return document.pictures.cell.width
  const beside = besideOf(unit)
  const available = frame.width - 2 * marginOf(unit, frame.width) - (isBeside ? beside.width + beside.gap : 0)
  const scale = { unit, cell: cellOfWidth(document.pictures.picture, leastCell) }
  const sizes = blockSizes(document.blocks, scale, textMaker(unit, measure))
  const labels = sizes.rowLabels.reduce((sum, width) => sum + width + sizes.labelGap, 0)

  return Math.min(
    ...blocks.map((block) => {
      const count = block.cells[0]?.length ?? 0
      if (count === 0) return available - labels
      const gaps = offsets(count, block.columnBands, 0, sizes).at(-1)!
      const column = Math.floor((available - labels - gaps) / count)

      // Columns that their labels already fill leave no room to the right of them.
      return column < sizes.column ? 0 : column
    }),
    available,
  )
}

/** Cells in which whole pixels show whole, where the pictures are smaller than the cells could be. */
function snapped({ picture, kernel }: DocumentPictures, width: number): { width: number; height: number } {
  if (kernel === 'none') return cellOfWidth(picture, Math.min(width, picture.width))
  const factor = Math.floor(width / picture.width)

  return cellOfWidth(picture, kernel === 'nearest' && factor >= 1 ? factor * picture.width : width)
}

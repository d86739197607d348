import type { SheetBlock, SheetDocument } from '../sheet-document.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { type SheetPage, sizePresets } from '../sizes.ts'
import type { Scale } from './block-sizes.ts'
import { breakPages, type PagePart } from './break-pages.ts'
import { composePage } from './compose-page.ts'
import { withCropMarks } from './crop-marks.ts'
import { fitPage, leastCell } from './fit-page.ts'
import { nativeUnit } from './layout-sheet.ts'
import type { MeasureText, SheetLayout } from './sheet-layout.ts'

type PageOptions = Pick<SheetOptions, 'size' | 'orientation' | 'pages' | 'cropMarks'>

/**
 * The pages of a sheet at the size that was asked for. Nothing is dropped to make it fit: what is too much for one
 * page goes over several where that is wanted (`apart`, the usual for paper), else the page grows and says so.
 */
export function layoutPages(
  document: SheetDocument,
  measure: MeasureText,
  { size = 'native', orientation, pages, cropMarks = false }: PageOptions = {},
): SheetLayout[] {
  const preset: SheetPage = sizePresets[size]
  const isApart = (pages ?? (preset.dpi ? 'apart' : 'together')) === 'apart'
  const groups = isApart ? byPage(document.blocks) : [document.blocks]
  const made = framesOf(preset, orientation).map((frame) =>
    pagesOn({ document, groups, measure, preset, frame, isApart }),
  )
  // Of upright and lying, the one with fewer pages, else with larger pictures.
  const [parts] = made.sort(
    (a, b) =>
      Number(a.isTooSmall) - Number(b.isTooSmall) || a.pages.length - b.pages.length || b.cell - a.cell,
  )

  return parts!.pages.map((page) =>
    cropMarks && preset.dpi
      ? withCropMarks({ ...page, dpi: preset.dpi }, preset.dpi)
      : { ...page, dpi: preset.dpi },
  )
}

type Frame = { width: number | null; height: number | null }

function framesOf({ width, height, dpi }: SheetPage, orientation: PageOptions['orientation']): Frame[] {
  const upright = { width, height }
  if (width === null || height === null) return [upright]
  const lying = { width: height, height: width }
  if (orientation) return [(orientation === 'portrait') === width <= height ? upright : lying]

  return dpi ? [upright, lying] : [upright]
}

function pagesOn({
  document,
  groups,
  measure,
  preset,
  frame,
  isApart,
}: {
  document: SheetDocument
  groups: SheetBlock[][]
  measure: MeasureText
  preset: SheetPage
  frame: Frame
  isApart: boolean
}): { pages: SheetLayout[]; cell: number; isTooSmall: boolean } {
  const unit = frame.width === null ? nativeUnit(document) : preset.unit
  const parts = groups.flatMap((blocks): PagePart[] => {
    const page = { document, blocks, measure, frame, unit }
    if (frame.width === null) return [{ blocks, scale: { unit, cell: document.pictures.cell }, foot: true }]
    const whole = fitPage({ ...page, foot: true })
    const least = Math.min(preset.smallestCell, document.pictures.cell.width)
    if (whole && (!isApart || frame.height === null || whole.cell.width >= least))
      return [{ blocks, scale: whole, foot: true }]
    if (isApart && frame.height !== null) return breakPages(page, least)

    return [{ blocks, scale: smallestScale(document, unit), foot: true }]
  })

  const made = parts.map(({ blocks, scale, foot }, i) => {
    const isFirst = i === 0 || parts[i - 1]!.foot
    const page = composePage({
      document,
      blocks,
      scale,
      measure,
      frame,
      foot,
      ...(isFirst ? {} : { running: `${document.title} · page ${i + 1} of ${parts.length}` }),
    })
    const { width, height } = page
    const isLarger = width > (frame.width ?? width) || height > (frame.height ?? height)

    return isLarger ? { ...page, problem: tooMuch(preset, frame, page) } : page
  })

  return {
    pages: made,
    cell: Math.min(...parts.map(({ scale }) => scale.cell.width)),
    isTooSmall: made.some((page) => page.problem !== undefined),
  }
}

const smallestScale = ({ pictures: { picture } }: SheetDocument, unit: number): Scale => ({
  unit: unit * 0.55,
  cell: { width: leastCell, height: Math.max(1, Math.round((picture.height * leastCell) / picture.width)) },
})

function tooMuch({ title }: SheetPage, frame: Frame, page: SheetLayout): string {
  const wanted = `${frame.width} × ${frame.height ?? 'any number of'} pixels`

  return `The sheet needs at least ${page.width} × ${page.height} pixels, more than "${title}" has (${wanted}); choose a larger size, pages apart, or fewer axes on it.`
}

/** Blocks that share a page of the view. */
function byPage(blocks: readonly SheetBlock[]): SheetBlock[][] {
  const pages = new Map<number, SheetBlock[]>()
  for (const block of blocks) pages.set(block.page, [...(pages.get(block.page) ?? []), block])

  return pages.size > 0 ? [...pages.values()] : [[]]
}

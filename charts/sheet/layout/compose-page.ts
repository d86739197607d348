import type { SheetBlock, SheetDocument } from '../sheet-document.ts'
import { blockSizes, type Scale } from './block-sizes.ts'
import { layoutBlock } from './layout-block.ts'
import { layoutConditions, layoutFooter, layoutLegend } from './layout-foot.ts'
import { type TextMaker, textMaker } from './make-text.ts'
import type { MeasureText, SheetLayout } from './sheet-layout.ts'

export interface ComposePage {
  document: SheetDocument
  /** The tables of this page. */
  blocks: readonly SheetBlock[]
  scale: Scale
  measure: MeasureText
  /** Of the unit of the scale, where one is at hand. */
  text?: TextMaker
  /** Of the page; a side that is null grows with what stands on it. */
  frame: { width: number | null; height: number | null }
  /** What a page that continues another says instead of title and subtitle. */
  running?: string
  /** Does the page end with legend, conditions and footer? */
  foot: boolean
}

/**
 * Gives everything on one page its place. Pure given `measure`; text wraps inside its box, rows and pages grow, and
 * nothing overlaps or leaves the page: one too small for its content comes out larger than its frame.
 */
export function composePage({
  document,
  blocks,
  scale,
  measure,
  text = textMaker(scale.unit, measure),
  frame,
  running,
  foot,
}: ComposePage): SheetLayout {
  const { unit, isBeside = false } = scale
  const px = (units: number) => Math.round(units * unit)
  const sizes = blockSizes(document.blocks, scale, text)
  const margin = marginOf(unit, frame.width)

  // Blocks first: they decide how wide everything else may be.
  const placed = blocks.map((block) => layoutBlock(block, { x: 0, y: 0, sizes, text }))
  const grid = Math.max(0, ...placed.map((block) => block.right))
  const least = frame.width === null ? px(680) : Math.min(px(680), frame.width - 2 * margin)
  const beside = isBeside && foot ? besideOf(unit) : null
  const width = Math.max(least, grid + (beside ? beside.gap + beside.width : 0))
  const pageWidth = Math.max(frame.width ?? 0, width + 2 * margin)
  const x = Math.floor((pageWidth - width) / 2)
  const sheet: Omit<SheetLayout, 'width' | 'height' | 'qr'> = {
    unit,
    kernel: document.pictures.kernel,
    texts: [],
    cells: [],
    fills: [],
    swatches: [],
    curves: [],
  }

  let y = margin - px(8)
  if (running !== undefined) {
    const box = text.make('running', running, { x, y, width, role: 'subtitle' })
    sheet.texts.push(box)
    y += box.height + px(20)
  } else {
    const title = text.make('title', document.title, { x, y, width, role: 'title' })
    sheet.texts.push(title)
    y += title.height + px(6)
    for (const line of document.subtitle) {
      const place = { x, y, width: Math.min(width, px(1000)), role: 'subtitle' as const }
      const box = text.make('subtitle', line, place)
      sheet.texts.push(box)
      y += box.height
    }
    y += px(32)
  }

  // Where the page is taller than what stands on it, the foot stands at its lower edge and the tables in between.
  const end = foot ? layoutFoot(document, { x: 0, y: 0, width: beside?.width ?? width, unit, text }) : null
  const body = placed.reduce((sum, block, i) => sum + block.bottom + (i > 0 ? px(44) : 0), 0)
  const taken = beside ? Math.max(body, end?.height ?? 0) : body + (end?.height ?? 0)
  const free = Math.max(0, (frame.height ?? 0) - (y + taken + margin))
  const above = Math.floor(free * 0.4)
  y += above
  const top = y

  for (const [i, block] of placed.entries()) {
    if (i > 0) y += px(44)
    const at = { x, y }
    sheet.texts.push(...moved(block.texts, at))
    sheet.cells.push(...moved(block.cells, at))
    sheet.fills.push(...moved(block.fills, at))
    sheet.curves.push(...moved(block.curves, at))
    y += block.bottom
  }
  y = beside ? top : y + free - above
  if (!end) return { ...sheet, qr: null, width: pageWidth, height: y + margin }

  const at = { x: beside ? x + width - beside.width : x, y }
  sheet.texts.push(...moved(end.texts, at))
  sheet.fills.push(...moved(end.fills, at))
  sheet.swatches.push(...moved(end.swatches, at))

  return {
    ...sheet,
    qr: moved([end.qr], at)[0]!,
    width: pageWidth,
    height: y + (beside ? taken + free - above : end.height) + margin,
  }
}

/** The foot beside the tables, and its distance from them. */
export const besideOf = (unit: number) => ({ width: Math.round(380 * unit), gap: Math.round(56 * unit) })

/** Around everything; a page of fixed width spends no more than a sixteenth on each side. */
export const marginOf = (unit: number, width: number | null): number =>
  Math.min(Math.round(72 * unit), Math.floor((width ?? Number.POSITIVE_INFINITY) / 16))

/** Legend, conditions and footer under each other. */
function layoutFoot(
  document: SheetDocument,
  { x, y, width, unit, text }: Parameters<typeof layoutLegend>[1],
) {
  const px = (units: number) => Math.round(units * unit)
  const legend =
    document.legend.length > 0
      ? layoutLegend(document.legend, { x, y: y + px(18), width, unit, text })
      : { texts: [], swatches: [], bottom: y }
  const line = {
    kind: 'line' as const,
    strength: 0,
    x,
    y: legend.bottom + px(26),
    width,
    height: Math.max(1, px(1)),
  }
  const conditions = layoutConditions(document.conditions, { x, y: line.y + px(16), width, unit, text })
  const footer = layoutFooter(document.footer, { x, y: conditions.bottom + px(22), width, unit, text })

  return {
    texts: [...legend.texts, ...conditions.texts, ...footer.texts],
    swatches: legend.swatches,
    fills: [line, ...footer.fills],
    qr: footer.qr,
    height: footer.bottom - y,
  }
}

/** The same boxes, further right and down. */
export function moved<T extends { x: number; y: number }>(
  boxes: readonly T[],
  { x, y }: { x: number; y: number },
): T[] {
  return boxes.map((box) => ({ ...box, x: box.x + x, y: box.y + y }))
}

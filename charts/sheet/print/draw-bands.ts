import type { Box, CurveBox, SheetLayout, TextBox } from '../layout/sheet-layout.ts'
import type { Theme } from '../themes.ts'
import { Band, mix, strideOf } from './canvas.ts'
import { drawCell, type Fitted, fitPicture } from './draw-cell.ts'
import { limited } from './limited.ts'
import { Pending } from './pending.ts'
import { type Coverage, drawCoverage, rimOf, textCoverage } from './text-coverage.ts'

/** Bytes of RGB rows in one band, about; a small page has as many bands as keep all hands busy. */
const [leastBand, mostBand, bands] = [256 * 1024, 4 * 1024 * 1024, 16]
/** Pictures read and decoded at the same time. */
const atOnce = 4

export type ReadPicture = (sha: string) => Promise<Uint8Array | null>

export interface DrawBands {
  layout: SheetLayout
  theme: Theme
  picture: ReadPicture
  signal?: AbortSignal
  /** Called with the number of pictures drawn so far. */
  progress?: (done: number, of: number) => void
  /** Called for every cell whose picture could not be had. */
  missing?: (sha: string) => void
  /** First row that is drawn; 0 unless told. */
  from?: number
  /** Memory for the next band, of `bandRows` rows; taken anew unless told. */
  room?: () => Promise<Uint8Array>
}

/** Rows of one band of a page. */
export function bandRows(width: number, height: number): number {
  const stride = strideOf(width)
  const bytes = Math.min(mostBand, Math.max(leastBand, (stride * height) / bands))

  return Math.max(1, Math.floor(bytes / stride))
}

/**
 * The page from top to bottom as bands of RGB rows. Holds one band, and the pictures and texts that reach into it; the
 * pictures of the next row of cells are decoded while the last rows of this one are packed.
 */
export async function* drawBands({
  layout,
  theme,
  picture,
  signal,
  progress,
  missing,
  from = 0,
  room,
}: DrawBands): AsyncGenerator<Band> {
  const { width, height } = layout
  const rows = bandRows(width, height)
  const turn = limited(atOnce)
  let drawn = layout.cells.filter((cell) => cell.y + cell.height <= from).length

  const texts = new Pending(layout.texts, rimmed, (text) => turn(() => textCoverage(text)))
  const curves = new Pending(
    layout.curves,
    (box) => box,
    (curve) => turn(() => curveCoverage(curve, layout.unit)),
  )
  const cells = new Pending(
    layout.cells,
    (box) => box,
    (cell) =>
      turn(async () => {
        signal?.throwIfAborted()
        const fitted = await fittedPicture(cell, layout, picture)
        if (!fitted && cell.state === 'picture' && cell.image) missing?.(cell.image)
        progress?.(++drawn, layout.cells.length)

        return fitted
      }),
  )

  for (let top = from; top < height; top += rows) {
    signal?.throwIfAborted()
    const band = new Band(width, top, Math.min(rows, height - top), theme.background, await room?.())
    const bottom = top + band.height
    for (const pending of [texts, curves, cells]) pending.reach(top, bottom + 4 * rows)

    for await (const { item: cell, result } of cells.above(bottom)) {
      const isMissing = !result && cell.state === 'picture'
      drawCell(band, isMissing ? { ...cell, state: 'queued' } : cell, theme, layout.unit, result)
    }
    drawFurniture(band, layout, theme)
    for await (const { result } of curves.above(bottom))
      for (const { box, coverage } of result) band.cover(box, coverage, theme.ink)
    for await (const { item, result } of texts.above(bottom))
      for (const { box, coverage } of result) band.cover(box, coverage, theme[item.tone])

    yield band
  }
}

/** The picture at its printed size; null where it cannot be had or is no picture. */
async function fittedPicture(
  cell: SheetLayout['cells'][number],
  { kernel }: SheetLayout,
  picture: ReadPicture,
): Promise<Fitted | null> {
  if (cell.state !== 'picture' || !cell.image) return null

  try {
    const bytes = await picture(cell.image)

    return bytes && (await fitPicture(bytes, cell, kernel))
  } catch {
    // A sheet is printed with what there is; the cell is drawn and counted as missing.
    return null
  }
}

function drawFurniture(band: Band, layout: SheetLayout, theme: Theme): void {
  for (const fill of layout.fills)
    if (band.touches(fill))
      band.fill(fill, fill.kind === 'line' ? theme.line : mix(theme.background, theme.ink, fill.strength))
  for (const swatch of layout.swatches)
    if (band.touches(swatch)) drawCell(band, swatch, theme, layout.unit, null)
  if (layout.qr && band.touches(layout.qr)) drawQr(band, layout.qr, theme)
}

/**
 * Dark on light in every theme: many readers do not see an inverted code. On a light page the margin is the quiet zone,
 * so the code moves to the corner of its box and ends where the cells end.
 */
function drawQr(
  band: Band,
  { module, size, modules, ...box }: NonNullable<SheetLayout['qr']>,
  theme: Theme,
): void {
  const { dark, light, quiet } = qrColours({ ...box, module, size }, theme)
  band.fill(box, light)
  band.pattern(box, dark, (x, y) => {
    const column = Math.floor((x - quiet) / module)
    const row = Math.floor((y - quiet) / module)

    return column >= 0 && row >= 0 && column < size && row < size && modules[row * size + column] === 1
  })
}

/** Colours of the code, and the quiet zone left of it and above, pixels. */
export function qrColours(
  { width, module, size }: { width: number; module: number; size: number },
  theme: Theme,
) {
  const isLight = theme.background[0] > theme.ink[0]
  const [dark, light] = isLight ? [theme.ink, theme.background] : [theme.background, theme.ink]
  const free = width - size * module

  return { dark, light, quiet: isLight ? free : free / 2 }
}

function curveCoverage(box: CurveBox, unit: number): Promise<Coverage[]> {
  const line = lineOfCurve(unit)

  return drawCoverage(
    `<path d="${curvePath(box, line)}" fill="none" stroke="#fff" stroke-width="${line}"/>`,
    box,
  )
}

export const lineOfCurve = (unit: number): number => Math.max(1, Math.round(1.5 * unit))

/** The steps of a schedule inside its box, as an SVG path. */
export function curvePath({ x, y, width, height, curve }: CurveBox, line: number): string {
  const inner = height - line
  let at = x
  let path = ''
  for (const [level, share] of curve) {
    const row = y + line / 2 + (1 - level) * inner
    path += `${path === '' ? 'M' : 'L'}${at.toFixed(2)} ${row.toFixed(2)}`
    at += share * width
    path += `L${at.toFixed(2)} ${row.toFixed(2)}`
  }

  return path
}

const rimmed = (box: TextBox): Box => {
  const rim = rimOf(box)

  return { x: box.x, width: box.width, y: box.y - rim, height: box.height + 2 * rim }
}

import type { Box, CellBox, SheetLayout } from '../layout/sheet-layout.ts'
import type { Theme } from '../themes.ts'
import { type Colour, mix } from './canvas.ts'
import { curvePath, type DrawBands, lineOfCurve, qrColours } from './draw-bands.ts'
import { inOrder } from './in-order.ts'
import { placeLines, type Run } from './shape-line.ts'

/** What SVG and PDF have in common. All places are pixels of the page. */
export interface VectorCanvas {
  rect(box: Box, colour: Colour): Promise<void>
  /** `drawing` is an SVG path; filled, or as a line of that width. */
  path(drawing: string, colour: Colour, line?: number): Promise<void>
  /** A run of letters that starts at `x` on `baseline`. */
  letters(run: Run, place: { x: number; baseline: number; size: number; colour: Colour }): Promise<void>
  /** A picture fitted into its cell; false where the bytes are no picture. */
  picture(cell: CellBox, picture: { sha: string; bytes: Uint8Array }): Promise<boolean>
}

/** Pictures read ahead of the one that is drawn. */
const ahead = 4

/** A page on a vector canvas, in reading order: cells under everything else. */
export async function drawVector(
  canvas: VectorCanvas,
  { layout, theme, picture, signal, progress, missing }: DrawBands,
): Promise<void> {
  await canvas.rect({ x: 0, y: 0, width: layout.width, height: layout.height }, theme.background)

  const read = async (cell: CellBox) => ({
    cell,
    bytes: cell.state === 'picture' && cell.image ? await picture(cell.image).catch(() => null) : null,
  })
  let drawn = 0
  for await (const { cell, bytes } of inOrder(layout.cells, ahead, read)) {
    signal?.throwIfAborted()
    const isDrawn = bytes !== null && (await canvas.picture(cell, { sha: cell.image!, bytes }))
    if (!isDrawn && cell.state === 'picture' && cell.image) missing?.(cell.image)
    if (!isDrawn) await drawSign(canvas, cell, theme, layout.unit)
    progress?.(++drawn, layout.cells.length)
  }

  for (const fill of layout.fills)
    await canvas.rect(
      fill,
      fill.kind === 'line' ? theme.line : mix(theme.background, theme.ink, fill.strength),
    )
  for (const swatch of layout.swatches) await drawSign(canvas, swatch, theme, layout.unit)
  const line = lineOfCurve(layout.unit)
  for (const curve of layout.curves) await canvas.path(curvePath(curve, line), theme.ink, line)
  if (layout.qr) await drawQr(canvas, layout.qr, theme)
  for (const box of layout.texts)
    for (const { runs, x, baseline } of placeLines(box))
      for (const run of runs)
        await canvas.letters(run, {
          x: x + run.x * box.size,
          baseline,
          size: box.size,
          colour: theme[box.tone],
        })
}

/** Why a cell has no picture, as a sign. */
async function drawSign(
  canvas: VectorCanvas,
  cell: Pick<CellBox, 'state' | keyof Box>,
  theme: Theme,
  unit: number,
): Promise<void> {
  const { x, y, width, height } = cell
  const line = Math.max(1, Math.round(unit))
  const faint = mix(theme.background, theme.muted, 0.4)
  const half = line / 2
  const rim = `M${x + half} ${y + half}H${x + width - half}V${y + height - half}H${x + half}Z`

  if (cell.state === 'excluded') {
    await canvas.rect(cell, theme.surface)
    const period = Math.max(4, Math.min(Math.round(10 * unit), Math.round(width / 3)))
    await canvas.path(rim + diagonals(cell, period), faint, line)
  } else if (cell.state === 'failed') {
    await canvas.rect(cell, mix(theme.background, theme.bad, 0.08))
    const arm = Math.min(width, height, Math.round(56 * unit)) / 4
    const [cx, cy] = [x + width / 2, y + height / 2]
    const cross = `M${cx - arm} ${cy - arm}L${cx + arm} ${cy + arm}M${cx + arm} ${cy - arm}L${cx - arm} ${cy + arm}`
    await canvas.path(rim, theme.bad, line)
    await canvas.path(cross, theme.bad, Math.max(1, Math.min(2 * unit, arm / 2)))
  } else await canvas.path(rim, faint, line)
}

/** Lines from lower left to upper right all over a box, cut at its edges. */
function diagonals({ x, y, width, height }: Box, period: number): string {
  let path = ''
  for (let sum = period; sum < width + height; sum += period) {
    const from = { x: Math.min(sum, width), y: Math.max(0, sum - width) }
    const to = { x: Math.max(0, sum - height), y: Math.min(sum, height) }
    path += `M${x + from.x} ${y + from.y}L${x + to.x} ${y + to.y}`
  }

  return path
}

async function drawQr(canvas: VectorCanvas, qr: NonNullable<SheetLayout['qr']>, theme: Theme): Promise<void> {
  const { dark, light, quiet } = qrColours(qr, theme)
  await canvas.rect(qr, light)
  const { module, size, modules } = qr
  let path = ''
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (modules[row * size + column] === 1)
        path += `M${qr.x + quiet + column * module} ${qr.y + quiet + row * module}h${module}v${module}h${-module}z`
  await canvas.path(path, dark)
}

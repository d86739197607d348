import sharp from 'sharp'
import { fittedSize } from '../layout/fitted-size.ts'
import type { Box, CellBox } from '../layout/sheet-layout.ts'
import type { Kernel } from '../sheet-document.ts'
import type { Theme } from '../themes.ts'
import { type Band, mix } from './canvas.ts'

/** A picture at the size it is printed, RGB. */
export interface Fitted {
  width: number
  height: number
  rgb: Uint8Array
}

/** Brings a picture to its cell; made smaller always by Lanczos. */
export async function fitPicture(bytes: Uint8Array, cell: Box, kernel: Kernel): Promise<Fitted> {
  const source = sharp(bytes, { limitInputPixels: 400_000_000 })
  const { width = 1, height = 1 } = await source.metadata()
  const { factor, ...size } = fittedSize({ width, height }, cell, kernel)
  const flat = source.removeAlpha().toColourspace('srgb')
  const sized =
    factor === 1
      ? flat
      : flat.resize({
          ...size,
          fit: 'fill',
          kernel: factor > 1 && kernel === 'nearest' ? 'nearest' : 'lanczos3',
        })

  return { ...size, rgb: await sized.raw({ depth: 'uchar' }).toBuffer() }
}

/** Draws a cell: its picture, or the sign of why there is none. Signs differ in shape, not only in colour. */
export function drawCell(
  band: Band,
  cell: Pick<CellBox, 'state' | keyof Box>,
  theme: Theme,
  unit: number,
  fitted: Fitted | null,
): void {
  if (fitted) {
    if (fitted.width < cell.width || fitted.height < cell.height) band.fill(cell, theme.surface)
    const x = cell.x + Math.floor((cell.width - fitted.width) / 2)
    const y = cell.y + Math.floor((cell.height - fitted.height) / 2)
    band.picture({ x, y, width: fitted.width, height: fitted.height }, fitted.rgb)
    return
  }

  const line = Math.max(1, Math.round(unit))
  const { width, height } = cell
  const faint = mix(theme.background, theme.muted, 0.4)
  const isRim = (x: number, y: number) => x < line || y < line || x >= width - line || y >= height - line
  if (cell.state === 'excluded') {
    band.fill(cell, theme.surface)
    const period = Math.max(4, Math.min(Math.round(10 * unit), Math.round(width / 3)))
    band.pattern(cell, faint, (x, y) => isRim(x, y) || (x + y) % period < line)
    return
  }
  if (cell.state === 'failed') {
    band.fill(cell, mix(theme.background, theme.bad, 0.08))
    const arm = Math.min(width, height, Math.round(56 * unit)) / 4
    const bar = Math.max(1, Math.min(1.5 * unit, arm / 3))
    band.pattern(cell, theme.bad, (x, y) => {
      const dx = x + 0.5 - width / 2
      const dy = y + 0.5 - height / 2

      return (
        isRim(x, y) ||
        (Math.abs(dx) <= arm && Math.abs(dy) <= arm && Math.min(Math.abs(dx - dy), Math.abs(dx + dy)) <= bar)
      )
    })
    return
  }
  band.pattern(cell, faint, isRim)
}

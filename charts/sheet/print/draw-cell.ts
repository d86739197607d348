import sharp from 'sharp'
import type { Box, CellBox } from '../layout/sheet-layout.ts'
import type { Kernel } from '../sheet-document.ts'
import type { Theme } from '../themes.ts'
import { mix, type Strip } from './canvas.ts'

/** A picture at the size it is printed, RGB. */
export interface Fitted {
  width: number
  height: number
  rgb: Uint8Array
}

/** Brings a picture to its cell: whole repeats of pixels when enlarged by a whole factor, Lanczos otherwise. */
export async function fitPicture(bytes: Uint8Array, cell: Box, kernel: Kernel): Promise<Fitted> {
  const source = sharp(bytes, { limitInputPixels: 400_000_000 })
  const { width = 1, height = 1 } = await source.metadata()
  const free = Math.min(cell.width / width, cell.height / height)
  const factor = kernel === 'nearest' && free >= 1 ? Math.floor(free) : free
  const size = {
    width: Math.max(1, Math.min(cell.width, Math.round(width * factor))),
    height: Math.max(1, Math.min(cell.height, Math.round(height * factor))),
  }
  const isWhole = Number.isInteger(factor)
  const flat = source.removeAlpha().toColourspace('srgb')
  const sized =
    factor === 1
      ? flat
      : flat.resize({ ...size, fit: 'fill', kernel: isWhole && factor > 1 ? 'nearest' : 'lanczos3' })

  return { ...size, rgb: await sized.raw({ depth: 'uchar' }).toBuffer() }
}

/** Draws a cell: its picture, or the sign of why there is none. Signs differ in shape, not only in colour. */
export function drawCell(
  strip: Strip,
  cell: Pick<CellBox, 'state' | keyof Box>,
  theme: Theme,
  unit: number,
  fitted: Fitted | null,
): void {
  if (fitted) {
    if (fitted.width < cell.width || fitted.height < cell.height) strip.fill(cell, theme.surface)
    const x = cell.x + Math.floor((cell.width - fitted.width) / 2)
    const y = cell.y + Math.floor((cell.height - fitted.height) / 2)
    strip.picture({ x, y, width: fitted.width, height: fitted.height }, fitted.rgb)
    return
  }

  const line = Math.max(1, Math.round(unit))
  const { width, height } = cell
  const faint = mix(theme.background, theme.muted, 0.4)
  const isRim = (x: number, y: number) => x < line || y < line || x >= width - line || y >= height - line
  if (cell.state === 'excluded') {
    strip.fill(cell, theme.surface)
    const period = Math.max(4, Math.min(Math.round(10 * unit), Math.round(width / 3)))
    strip.pattern(cell, faint, (x, y) => isRim(x, y) || (x + y) % period < line)
    return
  }
  if (cell.state === 'failed') {
    strip.fill(cell, mix(theme.background, theme.bad, 0.08))
    const arm = Math.min(width, height, Math.round(56 * unit)) / 4
    const bar = Math.max(1, Math.min(1.5 * unit, arm / 3))
    strip.pattern(cell, theme.bad, (x, y) => {
      const dx = x + 0.5 - width / 2
      const dy = y + 0.5 - height / 2

      return (
        isRim(x, y) ||
        (Math.abs(dx) <= arm && Math.abs(dy) <= arm && Math.min(Math.abs(dx - dy), Math.abs(dx + dy)) <= bar)
      )
    })
    return
  }
  strip.pattern(cell, faint, isRim)
}

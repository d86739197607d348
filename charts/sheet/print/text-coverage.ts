import sharp from 'sharp'
import type { Box, TextBox } from '../layout/sheet-layout.ts'
import { placeLines } from './shape-line.ts'

/** How much of each pixel of a box is covered, 0..255. */
export interface Coverage {
  box: Box
  coverage: Uint8Array
}

/** librsvg draws nothing wider or higher than 32,767. */
const widest = 16_384

/**
 * A text box as coverage. Letters are outlines, not system text, so the same box gives the same pixels on every
 * machine. The picture reaches beyond the box where letters do (overhang of a slanted f), and is no wider than them.
 */
export async function textCoverage(box: TextBox): Promise<Coverage[]> {
  const rim = rimOf(box)
  const lines = placeLines(box)
  const left = Math.floor(Math.min(...lines.map(({ x }) => x))) - rim
  const right = Math.ceil(Math.max(...lines.map(({ x, width }) => x + width * box.size))) + rim
  const drawing = lines.map((line) => linePaths(line, box.size)).join('')

  return drawCoverage(drawing, { x: left, y: box.y - rim, width: right - left, height: box.height + 2 * rim })
}

/** How far letters may reach out of their box, pixels. */
export const rimOf = ({ size }: Pick<TextBox, 'size'>): number => Math.ceil(size * 0.25)

/** What an SVG drawing covers of a box of the page, in pieces. */
export async function drawCoverage(drawing: string, box: Box): Promise<Coverage[]> {
  const pieces: Coverage[] = []
  for (let y = 0; y < box.height; y += widest)
    for (let x = 0; x < box.width; x += widest) {
      const piece = {
        x: box.x + x,
        y: box.y + y,
        width: Math.min(widest, box.width - x),
        height: Math.min(widest, box.height - y),
      }
      pieces.push({ box: piece, coverage: await drawPiece(drawing, piece) })
    }

  return pieces
}

function drawPiece(drawing: string, { x, y, width, height }: Box): Promise<Uint8Array> {
  const rect = `x="${x}" y="${y}" width="${width}" height="${height}"`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"><rect ${rect} fill="#000"/><g fill="#fff">${drawing}</g></svg>`

  return sharp(Buffer.from(svg), { unlimited: true }).toColourspace('b-w').removeAlpha().raw().toBuffer()
}

/** Outlines of a line at a size in pixels. */
export function linePaths(line: ReturnType<typeof placeLines>[number], size: number): string {
  let paths = ''
  for (const run of line.runs) {
    const scale = fixed(size / run.file.font.unitsPerEm, 6)
    for (const { path, x, y } of run.glyphs) {
      const outline = path()
      if (outline === '') continue
      const at = [line.x + (run.x + x) * size, line.baseline - y * size].map((value) => fixed(value, 3))
      paths += `<path transform="matrix(${scale} 0 0 ${-scale} ${at[0]} ${at[1]})" d="${outline}"/>`
    }
  }

  return paths
}

export const fixed = (value: number, digits: number): number => Number(value.toFixed(digits))

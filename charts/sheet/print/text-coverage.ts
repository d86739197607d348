import type { Font } from 'fontkit'
import sharp from 'sharp'
import { isInvisible } from '../layout/measure-by-table.ts'
import type { Box, FontName, TextBox } from '../layout/sheet-layout.ts'
import { fontFor, measureByFont, metricsOf } from './fonts.ts'

/**
 * A text box as coverage, 0..255 per pixel. Letters are outlines, not system text, so the same box gives the same
 * pixels on every machine. The picture reaches beyond the box where letters do (overhang of a slanted f).
 */
export async function textCoverage(box: TextBox): Promise<{ box: Box; coverage: Uint8Array }> {
  const rim = Math.ceil(box.size * 0.25)
  const width = box.width + 2 * rim
  const height = box.height + 2 * rim
  const paths = box.lines.map((line, i) => linePath(line, box, rim, rim + i * box.lineHeight)).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#000"/><g fill="#fff">${paths}</g></svg>`
  const coverage = await sharp(Buffer.from(svg), { unlimited: true })
    .toColourspace('b-w')
    .removeAlpha()
    .raw()
    .toBuffer()

  return { box: { x: box.x - rim, y: box.y - rim, width, height }, coverage }
}

function linePath(line: string, box: TextBox, left: number, top: number): string {
  const { ascent, descent } = metricsOf(box.font)
  const baseline = top + (box.lineHeight - (ascent + descent) * box.size) / 2 + ascent * box.size
  const runs = runsOf(line, box.font)
  const width = runs.reduce((sum, run) => sum + run.width * box.size, 0)
  const free = box.width - width
  let x = left + (box.align === 'right' ? free : box.align === 'centre' ? free / 2 : 0)
  let paths = ''

  for (const run of runs) {
    const scale = box.size / run.font.unitsPerEm
    for (const { path, offset } of run.glyphs)
      if (path !== '')
        paths += `<path transform="matrix(${scale} 0 0 ${-scale} ${fixed(x + offset * box.size)} ${fixed(baseline)})" d="${path}"/>`
    x += run.width * box.size
  }

  return paths
}

interface Run {
  font: Font
  /** In em. */
  width: number
  glyphs: { path: string; offset: number }[]
}

/** Stretches of a line that one font file can set, kerned. */
function runsOf(line: string, name: FontName): Run[] {
  const stretches: { font: Font; text: string }[] = []
  for (const character of line) {
    if (isInvisible(character)) continue
    const font = fontFor(character, name)
    const last = stretches.at(-1)
    if (last?.font === font) last.text += character
    else stretches.push({ font, text: character })
  }

  return stretches.map(({ font, text }) => {
    const { glyphs, positions } = font.layout(text, { calt: false, liga: false, clig: false, kern: true })
    let at = 0
    const placed = glyphs.map((glyph, i) => {
      const position = positions[i]!
      const offset = (at + position.xOffset) / font.unitsPerEm
      at += position.xAdvance

      return { path: glyph.path.toSVG(), offset }
    })
    // Kerning may only tighten: the layout has reserved the plain advances.
    const reserved = measureByFont(text, name, 1)
    const width = at / font.unitsPerEm
    if (width <= reserved) return { font, width, glyphs: placed }

    return {
      font,
      width: reserved,
      glyphs: placed.map(({ path, offset }) => ({ path, offset: (offset * reserved) / width })),
    }
  })
}

const fixed = (value: number) => Number(value.toFixed(3))

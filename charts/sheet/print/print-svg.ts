import { readFileSync } from 'node:fs'
import { xmlText } from '../inside/xml-text.ts'
import { rdfOf, xmpMeta } from '../inside/xmp.ts'
import { fittedSize } from '../layout/fitted-size.ts'
import type { Box, CellBox, SheetLayout } from '../layout/sheet-layout.ts'
import type { Kernel } from '../sheet-document.ts'
import { themes } from '../themes.ts'
import type { Colour } from './canvas.ts'
import { drawVector, type VectorCanvas } from './draw-vector.ts'
import type { FontFile } from './font-files.ts'
import { pictureFacts } from './picture-facts.ts'
import type { Printer } from './printer.ts'
import { placeLines, type Run } from './shape-line.ts'
import type { Sink } from './sink.ts'
import { fixed } from './text-coverage.ts'

/** SVG: letters stay text in fonts that travel along, every picture is inside once as it was rendered. */
export const printSvg: Printer = async ({ sheet, pages, record, credits, sink, ...drawing }) => {
  const [layout] = pages
  const { width, height, dpi } = layout!
  const inches = dpi ? ` style="width:${fixed(width / dpi, 4)}in;height:${fixed(height / dpi, 4)}in"` : ''
  await sink.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${inches}>\n<title>${xmlText(credits.title)}</title>\n<metadata>${xmpMeta(rdfOf(record, credits))}</metadata>\n`,
  )
  await sink.write(`<style>${fontFaces(layout!)}text{white-space:pre}</style>\n`)
  const canvas = new SvgCanvas(sink, layout!.kernel)
  await drawVector(canvas, { ...drawing, layout: layout!, theme: themes[sheet.theme] })
  await sink.write('</svg>\n')
}

/** The font files of all letters on the page. */
function fontFaces({ texts }: SheetLayout): string {
  const files = new Map<string, FontFile>()
  for (const box of texts)
    for (const { runs } of placeLines(box)) for (const { file } of runs) files.set(file.key, file)

  return [...files.values()]
    .map(({ key, path, weight }) => {
      const type = path.endsWith('.woff2') ? 'woff2' : 'woff'

      return `@font-face{font-family:"${key}";font-weight:${weight};src:url(data:font/${type};base64,${readFileSync(path).toString('base64')})}`
    })
    .join('')
}

const rgb = (colour: Colour) => `rgb(${colour.join(',')})`

class SvgCanvas implements VectorCanvas {
  readonly #sink: Sink
  readonly #kernel: Kernel
  /** Where each picture is embedded. */
  readonly #embedded = new Map<string, { id: string; box: Box }>()

  constructor(sink: Sink, kernel: Kernel) {
    this.#sink = sink
    this.#kernel = kernel
  }

  rect({ x, y, width, height }: Box, colour: Colour): Promise<void> {
    return this.#sink.write(
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${rgb(colour)}"/>\n`,
    )
  }

  path(drawing: string, colour: Colour, line?: number): Promise<void> {
    const paint = line
      ? `fill="none" stroke="${rgb(colour)}" stroke-width="${fixed(line, 3)}"`
      : `fill="${rgb(colour)}"`

    return this.#sink.write(`<path d="${drawing}" ${paint}/>\n`)
  }

  letters(
    { file, text, width, isRightToLeft }: Run,
    { x, baseline, size, colour }: Parameters<VectorCanvas['letters']>[1],
  ): Promise<void> {
    if (text.trim() === '') return Promise.resolve()
    const length = fixed(width * size, 3)
    // A line that starts on the right is placed by its right end.
    const start = fixed(isRightToLeft ? x + width * size : x, 3)
    const direction = isRightToLeft ? ' direction="rtl"' : ''

    return this.#sink.write(
      `<text x="${start}" y="${fixed(baseline, 3)}" font-family="${file.key}" font-weight="${file.weight}" font-size="${fixed(size, 3)}" fill="${rgb(colour)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${direction}>${xmlText(text)}</text>\n`,
    )
  }

  async picture(cell: CellBox, { sha, bytes }: { sha: string; bytes: Uint8Array }): Promise<boolean> {
    const known = this.#embedded.get(sha)
    if (known) {
      const [dx, dy] = [cell.x - known.box.x, cell.y - known.box.y]
      await this.#sink.write(`<use href="#${known.id}" x="${dx}" y="${dy}"/>\n`)

      return true
    }
    const facts = await pictureFacts(bytes)
    if (!facts) return false

    const { width, height, factor } = fittedSize(facts, cell, this.#kernel)
    const x = cell.x + Math.floor((cell.width - width) / 2)
    const y = cell.y + Math.floor((cell.height - height) / 2)
    const id = `p${this.#embedded.size}`
    const rendering = factor > 1 && this.#kernel === 'nearest' ? ' style="image-rendering:pixelated"' : ''
    await this.#sink.write(
      `<image id="${id}" x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"${rendering} href="data:${facts.mediaType};base64,`,
    )
    await this.#sink.write(Buffer.from(bytes).toString('base64'))
    await this.#sink.write('"/>\n')
    this.#embedded.set(sha, { id, box: { x: cell.x, y: cell.y, width: cell.width, height: cell.height } })

    return true
  }
}

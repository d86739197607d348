import PDFDocument from 'pdfkit'
import sharp from 'sharp'
import { studyFileToYaml } from '#study'
import { rdfOf } from '../inside/xmp.ts'
import { fittedSize } from '../layout/fitted-size.ts'
import type { Box, CellBox } from '../layout/sheet-layout.ts'
import type { Kernel } from '../sheet-document.ts'
import { themes } from '../themes.ts'
import type { Colour } from './canvas.ts'
import { drawVector, type VectorCanvas } from './draw-vector.ts'
import { openPicture, type PdfPicture } from './pdf-picture.ts'
import { pictureFacts } from './picture-facts.ts'
import type { Printer } from './printer.ts'
import { letterFeatures, type Run } from './shape-line.ts'
import type { Sink } from './sink.ts'

/** Longest side that readers accept, in points; 96 pixels are an inch where the page is not one of paper. */
const longest = 14_400
const screenDpi = 96
/** Files are equal where their content is: no clock is asked. */
const date = new Date(Date.UTC(2000, 0, 1))

/**
 * PDF: letters stay text in subsets of the shipped fonts, every picture is inside once as it was rendered. Letters of
 * the fallback fonts are drawn as outlines that know what they say.
 */
export const printPdf: Printer = async ({ sheet, pages, record, credits, sink, ...drawing }) => {
  const { title, author } = credits
  const pdf = new PDFDocument({
    autoFirstPage: false,
    pdfVersion: '1.7',
    displayTitle: true,
    lang: 'en',
    info: { Title: title, ...(author && { Author: author }), Creator: 'Teststrip', CreationDate: date },
  })
  // pdfkit would write the title into the metadata as it is, and a "<" in it would break them.
  Object.assign(pdf, { _addInfo: () => {} })
  ;(pdf as unknown as { appendXML(xml: string): void }).appendXML(rdfOf(record, credits))
  pdf.file(Buffer.from(studyFileToYaml(sheet.embedded.file)), {
    name: 'study.yaml',
    type: 'application/yaml',
    description: 'The study as Teststrip opens it',
    creationDate: date,
    modifiedDate: date,
  })

  const output = new Output(pdf, sink)
  const canvas = new PdfCanvas(pdf, output, pages[0]!.kernel)
  const cells = pages.reduce((sum, page) => sum + page.cells.length, 0)
  let before = 0
  for (const layout of pages) {
    const scale = Math.min(72 / (layout.dpi ?? screenDpi), longest / Math.max(layout.width, layout.height))
    pdf.addPage({ size: [layout.width * scale, layout.height * scale], margin: 0 })
    pdf.scale(scale)
    await drawVector(canvas, {
      ...drawing,
      layout,
      theme: themes[sheet.theme],
      progress: (done) => drawing.progress?.(before + done, cells),
    })
    before += layout.cells.length
  }
  pdf.end()
  await output.ended()
}

/** Carries what the document has written into the sink, so that it does not pile up. */
class Output {
  readonly #document: PDFKit.PDFDocument
  readonly #sink: Sink

  constructor(document: PDFKit.PDFDocument, sink: Sink) {
    this.#document = document
    this.#sink = sink
  }

  async flush(): Promise<void> {
    for (let piece = this.#document.read(); piece !== null; piece = this.#document.read())
      await this.#sink.write(piece as Buffer)
  }

  async ended(): Promise<void> {
    for await (const piece of this.#document) await this.#sink.write(piece as Buffer)
  }
}

class PdfCanvas implements VectorCanvas {
  readonly #pdf: PDFKit.PDFDocument
  readonly #output: Output
  readonly #kernel: Kernel
  readonly #fonts = new Set<string>()
  readonly #pictures = new Map<string, PdfPicture>()

  constructor(pdf: PDFKit.PDFDocument, output: Output, kernel: Kernel) {
    this.#pdf = pdf
    this.#output = output
    this.#kernel = kernel
  }

  async rect({ x, y, width, height }: Box, colour: Colour): Promise<void> {
    this.#pdf.rect(x, y, width, height).fill([...colour])
  }

  async path(drawing: string, colour: Colour, line?: number): Promise<void> {
    if (drawing === '') return
    this.#pdf.path(drawing)
    if (line) this.#pdf.lineWidth(line).stroke([...colour])
    else this.#pdf.fill([...colour])
  }

  async letters(run: Run, place: Parameters<VectorCanvas['letters']>[1]): Promise<void> {
    const { file, text, isRightToLeft } = run
    const { x, baseline, size, colour } = place
    if (text.trim() === '') return
    if (isRightToLeft || !file.sfnt) return this.#outlines(run, place)

    if (!this.#fonts.has(file.key)) {
      this.#pdf.registerFont(file.key, file.sfnt)
      this.#fonts.add(file.key)
    }
    this.#pdf
      .font(file.key)
      .fontSize(size)
      .fillColor([...colour])
      // pdfkit hands the features to fontkit, which also takes them by name, off ones too.
      .text(text, x, baseline, {
        lineBreak: false,
        baseline: 'alphabetic',
        features: letterFeatures as unknown as PDFKit.Mixins.OpenTypeFeatures[],
      })
  }

  /** Drawn letters, with the text that they stand for. */
  #outlines(
    { file, text, glyphs }: Run,
    { x, baseline, size, colour }: Parameters<VectorCanvas['letters']>[1],
  ) {
    const scale = size / file.font.unitsPerEm
    this.#pdf.markContent('Span', { actual: text })
    for (const glyph of glyphs) {
      const outline = glyph.path()
      if (outline === '') continue
      this.#pdf
        .save()
        .transform(scale, 0, 0, -scale, x + glyph.x * size, baseline - glyph.y * size)
        .path(outline)
        .fill([...colour])
        .restore()
    }
    this.#pdf.endMarkedContent()
  }

  async picture(cell: CellBox, { sha, bytes }: { sha: string; bytes: Uint8Array }): Promise<boolean> {
    let image = this.#pictures.get(sha) ?? null
    if (!image) {
      const facts = await pictureFacts(bytes)
      if (!facts) return false
      const plain = facts.isPlain
        ? bytes
        : await sharp(bytes).removeAlpha().toColourspace('srgb').png().toBuffer()
      image = openPicture(this.#pdf, plain)
      if (!image) return false
      this.#pictures.set(sha, image)
    }
    const { width, height } = fittedSize(image, cell, this.#kernel)
    const x = cell.x + Math.floor((cell.width - width) / 2)
    const y = cell.y + Math.floor((cell.height - height) / 2)
    this.#pdf.image(image as unknown as Buffer, x, y, { width, height })
    await this.#output.flush()

    return true
  }
}

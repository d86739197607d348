import { densityChunk, pixelsKeyword, studyKeyword, textChunk } from '../inside/png-chunks.ts'
import { themes } from '../themes.ts'
import { drawBands } from './draw-bands.ts'
import type { Printer } from './printer.ts'
import { writePng } from './write-png.ts'

/** The page as PNG. The study stands in front of the pixels, the SHA-256 of their RGB rows behind them. */
export const printPng: Printer = async ({ sheet, pages, record, sink, ...drawing }) => {
  const [layout] = pages
  const { width, height } = layout!
  const bands = drawBands({ ...drawing, layout: layout!, theme: themes[sheet.theme] })
  const png = writePng(
    {
      width,
      height,
      before: [...(layout!.dpi ? [densityChunk(layout!.dpi)] : []), textChunk(studyKeyword, record)],
      after: (pixels) => [textChunk(pixelsKeyword, `sha256:${pixels}`)],
    },
    bands,
  )
  for await (const piece of png) await sink.write(piece)
}

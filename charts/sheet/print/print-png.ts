import { densityChunk, pixelsKeyword, studyKeyword, textChunk } from '../inside/png-chunks.ts'
import { drawPng } from './draw-png.ts'
import type { Printer } from './printer.ts'

/** The page as PNG. The study stands in front of the pixels, the SHA-256 of their RGB rows behind them. */
export const printPng: Printer = async ({ pages, record, sink, ...job }) => {
  const [layout] = pages
  await drawPng(job, layout!, sink, {
    before: [...(layout!.dpi ? [densityChunk(layout!.dpi)] : []), textChunk(studyKeyword, record)],
    after: (pixels) => [textChunk(pixelsKeyword, `sha256:${pixels}`)],
  })
}

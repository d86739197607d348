import { studyFileToYaml, TeststripError } from '#study'
import { layoutSheet } from '../layout/layout-sheet.ts'
import type { EmbeddedStudy, SheetDocument } from '../sheet-document.ts'
import type { ThemeName } from '../sheet-options.ts'
import { sheetProblem } from '../sheet-problem.ts'
import { themes } from '../themes.ts'
import { type DrawStrips, drawStrips } from './draw-strips.ts'
import { measureByFont } from './fonts.ts'
import { studyKeyword, textChunk } from './png-chunks.ts'
import { writePng } from './write-png.ts'

export interface PrintSheet extends Pick<DrawStrips, 'picture' | 'signal' | 'progress'> {
  document: SheetDocument
  embedded: EmbeddedStudy
  theme: ThemeName
}

export interface PrintedSheet {
  png: Uint8Array
  width: number
  height: number
}

/** Lays a sheet out and prints it as a PNG with the study inside. Throws `invalid_input` when no PNG can hold it. */
export async function printSheet({
  document,
  embedded,
  theme,
  ...drawing
}: PrintSheet): Promise<PrintedSheet> {
  const layout = layoutSheet(document, measureByFont)
  const { width, height } = layout
  const problem = sheetProblem(layout)
  if (problem) throw new TeststripError('invalid_input', problem, { width, height })

  // YAML inside JSON: the study reads the same whether it came as a file or in a picture.
  const record = JSON.stringify({ ...embedded, file: studyFileToYaml(embedded.file) })
  const strips = drawStrips({ ...drawing, layout, theme: themes[theme] })
  const pieces: Buffer[] = []
  for await (const piece of writePng({ width, height, extra: [textChunk(studyKeyword, record)] }, strips))
    pieces.push(piece)

  return { png: Buffer.concat(pieces), width, height }
}

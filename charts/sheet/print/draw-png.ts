import type { SheetLayout } from '../layout/sheet-layout.ts'
import { themes } from '../themes.ts'
import { type DrawBands, drawBands } from './draw-bands.ts'
import type { PrintJob } from './printer.ts'
import type { Sink } from './sink.ts'
import { type PngOptions, type PngProgress, writePng } from './write-png.ts'

/** What an earlier print noted: how far it was, and which pictures it missed since the note before. */
type Note = PngProgress & { missing: string[] }

/** A page as PNG, from where an earlier print of it was cut off. */
export async function drawPng(
  {
    sheet,
    ...drawing
  }: Pick<PrintJob, 'sheet' | 'missing'> & Pick<DrawBands, 'picture' | 'signal' | 'progress'>,
  layout: SheetLayout,
  sink: Sink,
  options: Omit<PngOptions, 'width' | 'height'>,
): Promise<void> {
  const notes = sink.notes as Note[]
  for (const note of notes) note.missing.forEach(drawing.missing)
  let missing: string[] = []
  await writePng(
    { ...options, width: layout.width, height: layout.height },
    (part) =>
      drawBands({
        ...drawing,
        ...part,
        layout,
        theme: themes[sheet.theme],
        missing: (sha) => {
          missing.push(sha)
          drawing.missing(sha)
        },
      }),
    {
      write: (bytes) => sink.write(bytes),
      mark: (progress) => {
        sink.mark({ ...progress, missing } satisfies Note)
        missing = []
      },
      begun: notes.at(-1),
    },
  )
}

/** The same as a file that is only read again, unless an earlier print has made it; gives its path. */
export async function passingPng(job: PrintJob, layout: SheetLayout, name: string): Promise<string> {
  const { path, notes } = await job.sink.file(name, (file) =>
    drawPng(job, layout, file, { before: [], isPassing: true }),
  )
  for (const note of notes as Note[]) note.missing.forEach(job.missing)

  return path
}

import { Writable } from 'node:stream'
import { type ComposeSheet, composeSheet } from '../compose-sheet.ts'
import type { FormatName } from '../formats.ts'
import { measureByFont } from './fonts.ts'
import { type PrintSheet, printSheet } from './print-sheet.ts'

export type SheetOfStudy = Omit<ComposeSheet, 'measure'> &
  Pick<PrintSheet, 'picture' | 'signal' | 'progress' | 'quality'> & { format?: FormatName }

/**
 * The sheet of a study as the bytes of one file, for sheets small enough to be held in memory.
 *
 * @example
 * const png = await sheetOfStudy({ study, plan, cells, options: { theme: 'light' }, picture: (sha) => blobs.get(sha) })
 */
export async function sheetOfStudy({
  format = 'png',
  picture,
  signal,
  progress,
  quality,
  ...study
}: SheetOfStudy): Promise<Buffer> {
  const sheet = composeSheet({ ...study, measure: measureByFont })
  const pieces: Buffer[] = []
  const out = new Writable({
    write(piece, _, done) {
      pieces.push(piece)
      done()
    },
  })
  await printSheet({ sheet, format, out, picture, signal, progress, quality })

  return Buffer.concat(pieces)
}

import type { Printer } from '../printer.ts'
import { printPage } from './print-page.ts'

/** A study as one page that needs nothing else. */
export const printHtml: Printer = async ({ sink, sheet, ...pictures }) => {
  for await (const piece of printPage(sheet, pictures)) await sink.write(piece)
}

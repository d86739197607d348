import type { FormatName } from '../formats.ts'
import { printHtml } from './html/print-html.ts'
import { printSite } from './html/print-site.ts'
import { printCoded } from './print-coded.ts'
import { printMoving } from './print-moving.ts'
import { printPdf } from './print-pdf.ts'
import { printPng } from './print-png.ts'
import { printSvg } from './print-svg.ts'
import { printZip } from './print-zip.ts'
import type { Printer } from './printer.ts'

/** One printer per format, all from the same layout. */
export const printers: Record<FormatName, Printer> = {
  png: printPng,
  jpg: printCoded,
  webp: printCoded,
  avif: printCoded,
  svg: printSvg,
  pdf: printPdf,
  zip: printZip,
  html: printHtml,
  site: printSite,
  'webp-animated': printMoving,
  gif: printMoving,
  mp4: printMoving,
}

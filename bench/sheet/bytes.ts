import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeSheet, type FormatName, formatNamed } from '#charts'
import { hasFfmpeg, measureByFont, printSheet } from '#charts/print'
import { measured, type Row } from '../report.ts'
import { shippedStudies } from './shipped-studies.ts'

const names = [
  'templates/01-guidance-by-eta',
  'templates/02-seeds',
  'templates/11-subject-by-style',
  'gallery/steps',
]
const formats: FormatName[] = ['png', 'jpg', 'webp', 'avif', 'webp-animated', 'gif', 'mp4']

/** Bytes per pixel of sheets of the shipped pictures, by format: what forecasts of sizes rest on. */
export async function bytesPerPixel(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'teststrip-bytes-'))
  const studies = await shippedStudies(names)
  const rows: Row[] = []
  for (const format of formats) {
    if (format === 'mp4' && !(await hasFfmpeg())) continue
    let [bytes, pixels] = [0, 0]
    for (const { study, picture } of studies) {
      const sheet = composeSheet({ ...study, options: { theme: 'light', along: 0 }, measure: measureByFont })
      const out = join(folder, 'sheet')
      const printed = await printSheet({ sheet, format, out, picture })
      const pages =
        formatNamed(format).kind === 'moving' ? sheet.frames.map(({ layout }) => layout) : sheet.pages
      bytes += (await readFile(out)).length
      pixels += pages.reduce((sum, { width, height }) => sum + width * height, 0)
      if (printed.missing > 0) throw new Error('Pictures that ship are missing.')
    }
    rows.push(measured(`${formatNamed(format).title}, shipped pictures`, bytes / pixels, 'bytes per pixel'))
  }
  const cells = await Promise.all(
    studies.flatMap(({ study, picture }) =>
      [...study.cells].map(async ({ image }) => ({
        bytes: (await picture(image!))!.length,
        pixels: study.plan.base.width_height[0] * study.plan.base.width_height[1],
      })),
    ),
  )
  const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((all, cell) => all + of(cell), 0)
  rows.push(
    measured(
      'a picture as it is',
      sum(({ bytes }) => bytes) / sum(({ pixels }) => pixels),
      'bytes per pixel',
    ),
  )
  await rm(folder, { recursive: true })

  return rows
}

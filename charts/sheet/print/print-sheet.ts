import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import type { Writable } from 'node:stream'
import { TeststripError } from '#study'
import type { ComposedSheet } from '../compose-sheet.ts'
import { sheetFeasibility } from '../feasibility.ts'
import { type FormatName, formatNamed } from '../formats.ts'
import { writeRecord } from '../inside/record.ts'
import type { SheetLayout } from '../layout/sheet-layout.ts'
import type { DrawBands, ReadPicture } from './draw-bands.ts'
import { hasFfmpeg } from './ffmpeg.ts'
import { printers } from './printers.ts'
import { toSink } from './sink.ts'

export interface PrintSheet {
  /** Composed with `measureByFont`, so that what is laid out is what is drawn. */
  sheet: ComposedSheet
  format: FormatName
  /** A path, written beside and renamed when whole, or a stream, which is ended. */
  out: string | Writable
  /** The picture of that SHA-256; null or a failure draws its cell as missing. */
  picture: ReadPicture
  signal?: AbortSignal
  progress?: DrawBands['progress']
  /** 1..100, for formats that lose detail; 90 unless told. */
  quality?: number
  /** Only this page, from 0; needed where several pages would go into one stream. */
  page?: number
  /** Cut off by `signal` or killed, it leaves what it has beside `out`; the next print of the same goes on from there. */
  resumes?: boolean
}

export interface PrintedSheet {
  /** `path` is null for a stream. */
  files: { path: string | null; width: number; height: number; bytes: number }[]
  bytes: number
  /** Cells that were drawn as missing because their picture could not be had. */
  missing: number
}

/** Prints a sheet. Equal input gives equal bytes. Throws `invalid_input` when the format cannot hold it. */
export async function printSheet(options: PrintSheet): Promise<PrintedSheet> {
  const { sheet, format: name, picture, signal, progress, quality = 90 } = options
  const format = formatNamed(name)
  const { problem, instead } = sheetFeasibility(sheet, name, {
    ffmpeg: name !== 'mp4' || (await hasFfmpeg()),
  })
  if (problem)
    throw new TeststripError(
      'invalid_input',
      instead ? `${problem} ${formatNamed(instead).title} can hold it as it is.` : problem,
      { instead },
    )

  const record = writeRecord(sheet.embedded)
  const missing = new Set<string>()
  const files: PrintedSheet['files'] = []
  for (const { pages, to } of filesOf(options)) {
    signal?.throwIfAborted()
    const { bytes } = await toSink(
      to,
      (sink) =>
        printers[name]({
          ...{ sheet, format, pages, record, picture, sink, quality, signal, progress },
          credits: sheet.credits,
          missing: (sha) => missing.add(sha),
        }),
      {
        signal,
        resume:
          options.resumes && typeof to === 'string'
            ? nameOf({ name, to, pages, record, quality, sheet })
            : undefined,
      },
    )
    const [{ width, height }] = pages as [SheetLayout]
    files.push({ path: typeof to === 'string' ? to : null, width, height, bytes })
  }

  return { files, bytes: files.reduce((sum, file) => sum + file.bytes, 0), missing: missing.size }
}

/** One name for what gives equal bytes in the same place. */
function nameOf({ sheet, ...file }: { sheet: ComposedSheet } & Record<string, unknown>): string {
  const { theme, credits, frameSeconds, cells } = sheet

  return createHash('sha256')
    .update(JSON.stringify([file, theme, credits, frameSeconds, cells]))
    .digest('hex')
    .slice(0, 32)
}

/** Which pages go into which file. */
function filesOf({
  sheet,
  format,
  out,
  page,
}: PrintSheet): { pages: SheetLayout[]; to: string | Writable }[] {
  const { kind, pages: holdsPages, title } = formatNamed(format)
  if (kind === 'moving') return [{ pages: sheet.frames.map(({ layout }) => layout), to: out }]
  if (page !== undefined && !sheet.pages[page])
    throw new TeststripError(
      'invalid_input',
      `There is no page ${page + 1}; the sheet has ${sheet.pages.length}.`,
    )

  const pages = page === undefined ? sheet.pages : [sheet.pages[page]!]
  if (holdsPages || pages.length === 1) return [{ pages, to: out }]
  if (typeof out !== 'string')
    throw new TeststripError(
      'invalid_input',
      `The sheet has ${pages.length} pages, and a ${title} holds one; choose a page, PDF or ZIP.`,
    )

  return pages.map((each, i) => ({ pages: [each], to: numbered(out, i + 1) }))
}

/** `sheet.png` → `sheet-2.png` */
export function numbered(path: string, number: number): string {
  const ending = extname(path)

  return `${path.slice(0, path.length - ending.length)}-${number}${ending}`
}

import type { ComposedSheet } from '../compose-sheet.ts'
import type { SheetFormat } from '../formats.ts'
import type { Credits } from '../inside/xmp.ts'
import type { SheetLayout } from '../layout/sheet-layout.ts'
import type { DrawBands, ReadPicture } from './draw-bands.ts'
import type { Sink } from './sink.ts'

/** What a printer is given. It writes one whole file into `sink`, and nothing else. */
export interface PrintJob {
  sheet: ComposedSheet
  format: SheetFormat
  /** The pages of this file: one, unless the format holds several. */
  pages: SheetLayout[]
  /** The study as it travels inside, see `inside/record.ts`. */
  record: string
  credits: Credits
  picture: ReadPicture
  sink: Sink
  /** 1..100, for formats that lose detail. */
  quality: number
  signal?: AbortSignal
  progress?: DrawBands['progress']
  missing: (sha: string) => void
}

export type Printer = (job: PrintJob) => Promise<void>

import type { PackInfo, StudyFile, View } from '#study'

export type CellState = 'picture' | 'queued' | 'failed' | 'excluded'

export interface DocumentCell {
  seq: number
  state: CellState
  /** SHA-256 of the picture. */
  image: string | null
  error: string | null
}

/** One axis along one side of a block. `span` is the number of columns or rows that a label stands over. */
export interface HeaderBand {
  name: string
  labels: { text: string; from: number; span: number }[]
}

/** One table of cells; a sheet with pages or groups has several, stacked. */
export interface SheetBlock {
  /** The points that hold for the whole block. */
  heading: { name: string; label: string }[]
  /** Outermost first. */
  columnBands: HeaderBand[]
  rowBands: HeaderBand[]
  /** `[row][column]` */
  cells: DocumentCell[][]
}

export interface QrCode {
  /** Modules along a side, quiet zone not included. */
  size: number
  /** Row by row, 1 is dark. */
  modules: Uint8Array
}

/** How a picture comes to the size of its cell. */
export type Kernel = 'nearest' | 'lanczos3'

/** Everything a sheet says, in reading order, before any of it has a place. */
export interface SheetDocument {
  title: string
  subtitle: string[]
  cell: { width: number; height: number; kernel: Kernel }
  blocks: SheetBlock[]
  /** What the drawn signs mean, for those that occur. */
  legend: { state: Exclude<CellState, 'picture'>; text: string }[]
  conditions: { heading: string; entries: { name: string; value: string }[] }
  footer: { lines: string[]; qr: QrCode }
}

/** What travels inside the picture, so that it can be turned back into its study. */
export interface EmbeddedStudy {
  /** Version of this record. */
  teststrip: 1
  study: { id: string; title: string }
  file: StudyFile
  view: View
  pack: Pick<PackInfo, 'name' | 'hash'>
  /** One per cell that is not excluded, by place in the plan. */
  renderKeys: string[]
}

import type { PackInfo, StudyFile, View } from '#study'

export type CellState = 'picture' | 'queued' | 'failed' | 'excluded'

export interface DocumentCell {
  seq: number
  state: CellState
  /** SHA-256 of the picture. */
  image: string | null
  error: string | null
  /** Printed under it, if anything is. */
  caption?: string
}

/** A schedule as it runs: `[level 0..1, share of the run]`, level 1 the highest value of all curves of its axis. */
export type Curve = [level: number, share: number][]

/** A point over the columns or beside the rows that it holds for. */
export interface HeaderLabel {
  text: string
  from: number
  /** Number of columns or rows. */
  span: number
  /** Drawn beside the text where the point is a schedule. */
  curve?: Curve
}

/** One axis along one side of a block. */
export interface HeaderBand {
  name: string
  labels: HeaderLabel[]
}

/** One table of cells; a sheet with pages or groups has several, stacked. */
export interface SheetBlock {
  /** Which combination of the axes on pages it belongs to, counted from 0. */
  page: number
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

/**
 * How a picture smaller than its cell comes to its size: `nearest` repeats its pixels by a whole factor, `lanczos3`
 * resamples, `none` leaves it as it is. Larger ones are always resampled.
 */
export type Kernel = 'nearest' | 'lanczos3' | 'none'

/** Sizes in pixels: of the largest picture, and of the cell where the page is as large as its cells ask for. */
export interface DocumentPictures {
  picture: { width: number; height: number }
  cell: { width: number; height: number }
  kernel: Kernel
}

/** Everything a sheet says, in reading order, before any of it has a place. */
export interface SheetDocument {
  title: string
  subtitle: string[]
  pictures: DocumentPictures
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
  /** SHA-256 of their pictures, in the same order; null for those that had none. */
  pictures: (string | null)[]
}

import type { ExpandedCell, Recipe, Speed, StudyFile, View } from '#study'
import type { CellStatus, PrintStatus, RenderStatus, StudyStatus } from './life.ts'

/** A study as the ledger keeps it. `version` is a bigint in decimal: it grows with every change a reader can see. */
export interface Study {
  id: string
  title: string
  file: StudyFile
  status: StudyStatus
  /** 1 (first) … 5 (last). */
  priority: number
  /** As a person said; null follows the fleet. */
  lanes: number | null
  demo: boolean
  /** Key of the render whose picture the others are measured against. */
  reference: string | null
  version: string
  /** Grows with every new file. */
  edition: number
  /** The edition whose cells are all in the ledger; another than `edition` while there is something to expand. */
  expanded: number
  createdAt: Date
  updatedAt: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** When it was put aside; null while it is in the library. */
  archivedAt: Date | null
}

export interface StudyCounts {
  cells: number
  excluded: number
  queued: number
  rendering: number
  done: number
  failed: number
}

/** What the library shows of a study: at most 30 of its pictures, spread over its first page. */
export interface StudySummary extends Study {
  counts: StudyCounts
  pictures: { seq: number; coords: number[]; image: string; width: number; height: number }[]
}

/** What a person thinks of a picture. It belongs to the picture within its study, so it survives edits of the axes. */
export interface Mark {
  rating: 1 | 2 | 3 | 4 | 5 | null
  mark: 'star' | 'reject' | null
  note: string | null
}

/** One cell with what its render has come to. Pictures are blobs named by SHA-256. */
export interface CellRow extends Mark {
  seq: number
  /** The point's index on each axis. */
  coords: number[]
  renderKey: string
  excluded: boolean
  status: CellStatus
  image: string | null
  width: number | null
  height: number | null
  /** Steps done: live while rendering, the checkpoint's while queued. */
  step: number | null
  /** Steps in all; known while rendering. */
  of: number | null
  error: string | null
  /** Seconds of rendering, checkpoints included. */
  seconds: number | null
  device: string | null
  metrics: Record<string, number> | null
  /** Thumbnails by width in pixels. */
  thumbs: Record<string, string> | null
  /** The picture was there before this cell asked for it. */
  reused: boolean
  /** Study version at which this cell last changed, decimal. */
  version: string
}

/** An intermediate picture of a render. */
export interface PartialPicture {
  step: number
  image: string
  width: number
  height: number
}

export interface CellDetail extends CellRow {
  /** Null for an excluded cell: nothing was ever asked for. */
  recipe: Recipe | null
  pack: string | null
  packHash: string | null
  /** Left out by hand. */
  skipped: boolean
  attempt: number
  claimedAt: Date | null
  finishedAt: Date | null
  timings: RenderTimings | null
  partials: PartialPicture[]
  /** Which take of its recipe the cell shows: 0 unless it was rendered again on purpose. */
  take: number
  /** The finished takes beside it. */
  takes: Take[]
}

/** A picture that was made again on purpose, or the one before. */
export interface Take {
  take: number
  image: string
  width: number
  height: number
}

/** One cell on its way into the ledger. */
export type NewCell = ExpandedCell

export interface ClaimedRender {
  key: string
  recipe: Recipe
  checkpoint: string | null
  /** The step the checkpoint was taken at, 0 without one. */
  step: number
  attempt: number
  /** How often in a row it was lost with its renderer or worker, without a new checkpoint in between. */
  deaths: number
}

/** What one render tells about its device: the measured part of #study's cost model, seconds. */
export type RenderTimings = Pick<Speed, 'secondsPerStep' | 'secondsFixed' | 'perCutSeconds'> &
  Record<string, number>

export interface Device {
  id: string
  host: string
  kind: string
  /** Bytes, null when the device does not say. */
  memory: number | null
  packs: string[]
  speed: Speed | null
  /** Renders it steps together. */
  batch: number
  /** Rung of the memory ladder that was found to fit, by `<pack hash> <width>×<height>`. */
  fits: Record<string, number>
  /** What a person allows it: bytes, and renders together; null: what it has. */
  memoryLimit: number | null
  batchLimit: number | null
  /** Why and since how many seconds it gets no work; null while it does. */
  aside: { reason: string; seconds: number } | null
  startedAt: Date
  lastSeen: Date
  /** Renders it holds at this moment. */
  rendering: number
}

export interface StudyEvent {
  id: string
  studyId: string
  at: Date
  /** Who: 'person', 'motor', 'worker' or a name. */
  actor: string
  /** What: 'created', 'started', 'paused', 'edited' … */
  kind: string
  details: Record<string, unknown>
}

export interface Sheet {
  id: string
  studyId: string
  title: string
  view: View
  /** How it is printed, as whoever saved it says. */
  look: Record<string, unknown>
  /** The unguessable part of its share link, null while private. */
  share: string | null
  /** The link shows every picture of the study, not the sheet alone. */
  whole: boolean
  /** When the link ends by itself. */
  expiresAt: Date | null
  createdAt: Date
  updatedAt: Date
}

/** A sheet on its way into a file. */
export interface Print {
  /** Made of all that decides the bytes of the file. */
  key: string
  studyId: string
  /** What was asked for, as whoever asked says. */
  request: unknown
  status: PrintStatus
  /** Cells drawn so far, and in all. */
  drawn: number
  of: number
  /** The file, once it is done. */
  blob: string | null
  bytes: number | null
  /** Why it failed, in one sentence. */
  error: string | null
  createdAt: Date
  usedAt: Date
}

export type { CellStatus, PrintStatus, RenderStatus, StudyStatus }

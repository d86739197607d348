import type { Recipe, Speed, StudyFile, View } from '#study'
import type { CellStatus, RenderStatus, StudyStatus } from './life.ts'

/** A study as the ledger keeps it. `version` is a bigint in decimal: it grows with every change a reader can see. */
export interface Study {
  id: string
  title: string
  file: StudyFile
  status: StudyStatus
  /** 1 (first) … 5 (last). */
  priority: number
  demo: boolean
  version: string
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

/** What the library shows of a study: at most 16 of its pictures, spread over the whole grid. */
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
  attempt: number
  claimedAt: Date | null
  finishedAt: Date | null
  timings: RenderTimings | null
  partials: PartialPicture[]
}

/** One cell on its way into the ledger. `rank` is its place in the render order, 0 first. */
export interface NewCell {
  seq: number
  coords: number[]
  rank: number
  key: string
  recipe: Recipe
  excluded: boolean
}

export interface ClaimedRender {
  key: string
  recipe: Recipe
  checkpoint: string | null
  /** The step the checkpoint was taken at, 0 without one. */
  step: number
  attempt: number
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
  /** The unguessable part of its share link, null while private. */
  share: string | null
  createdAt: Date
  updatedAt: Date
}

export type { CellStatus, RenderStatus, StudyStatus }

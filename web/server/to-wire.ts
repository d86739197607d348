import type { CellDetail, CellRow, Study, StudyEvent, StudySummary } from '#prisma'
import type { Progress, WireCell, WireCellDetail, WireStudy, WireSummary } from '../wire/study.ts'

export const toWireStudy = (study: Study, progress: Progress): WireStudy => ({
  id: study.id,
  title: study.title,
  file: study.file,
  status: study.status,
  priority: study.priority,
  lanes: study.lanes,
  demo: study.demo,
  reference: study.reference,
  version: study.version,
  edition: study.edition,
  createdAt: study.createdAt.toISOString(),
  updatedAt: study.updatedAt.toISOString(),
  startedAt: study.startedAt?.toISOString() ?? null,
  finishedAt: study.finishedAt?.toISOString() ?? null,
  progress,
})

/** The library shows no rate, so none is measured for it. */
export const toWireSummary = (study: StudySummary): WireSummary => ({
  ...toWireStudy(study, {
    status: study.status,
    counts: study.counts,
    perMinute: null,
    secondsLeft: null,
    errorShare: null,
    forecast: null,
  }),
  pictures: study.pictures,
})

export const toWireCell = (cell: CellRow): WireCell => ({
  seq: cell.seq,
  coords: cell.coords,
  renderKey: cell.renderKey,
  status: cell.status,
  image: cell.image,
  width: cell.width,
  height: cell.height,
  step: cell.step,
  of: cell.of,
  error: cell.error,
  seconds: cell.seconds,
  device: cell.device,
  metrics: cell.metrics,
  reused: cell.reused,
  rating: cell.rating,
  mark: cell.mark,
  note: cell.note,
})

export const toWireCellDetail = (cell: CellDetail, events: readonly StudyEvent[]): WireCellDetail => ({
  ...toWireCell(cell),
  recipe: cell.recipe,
  skipped: cell.skipped,
  attempt: cell.attempt,
  claimedAt: cell.claimedAt?.toISOString() ?? null,
  finishedAt: cell.finishedAt?.toISOString() ?? null,
  timings: cell.timings,
  events: events.map(({ at, actor, kind }) => ({ at: at.toISOString(), actor, kind })),
  partials: cell.partials,
  take: cell.take,
  takes: cell.takes,
})

/** The ledger's face: every operation takes the `Ledger` first and does one thing. README.md has the picture. */

export { archiveStudy } from './archive-study.ts'
export { blobRecords } from './blob-records.ts'
export { claimRenders } from './claim-renders.ts'
export { createStudy } from './create-study.ts'
export { deleteStudy } from './delete-study.ts'
export { enqueueCells } from './enqueue-cells.ts'
export { failRender } from './fail-render.ts'
export { finishEnqueue } from './finish-enqueue.ts'
export { finishRender } from './finish-render.ts'
export { forgetBlobs } from './forget-blobs.ts'
export { forgetCheckpoints } from './forget-checkpoints.ts'
export { forgetLeftovers } from './forget-leftovers.ts'
export { getCell } from './get-cell.ts'
export { getSheet, listSheets, sharedSheet } from './get-sheet.ts'
export { getStudy } from './get-study.ts'
export { heartbeatDevice } from './heartbeat-device.ts'
export { type ImportedStudy, importStudy } from './import-study.ts'
export { knownDone } from './known-done.ts'
export { latestPreview } from './latest-preview.ts'
export { type Ledger, openLedger } from './ledger.ts'
export {
  canRenderBecome,
  canStudyBecome,
  isClaimable,
  isRenderSettled,
  isStudyActive,
  type Settlement,
  settlement,
} from './life.ts'
export { listCells } from './list-cells.ts'
export { listDevices } from './list-devices.ts'
export { listPacks, packNamed } from './list-packs.ts'
export { listStudies } from './list-studies.ts'
export { listen } from './listen.ts'
export { markCell } from './mark-cell.ts'
export { measuredSpeeds } from './measured-speeds.ts'
export { migrate } from './migrate.ts'
export { putSheet } from './put-sheet.ts'
export { reclaimLost } from './reclaim-lost.ts'
export { type BlobRecord, recordBlob } from './record-blob.ts'
export { listEvents, recordEvent } from './record-event.ts'
export { referencedBlobs } from './referenced-blobs.ts'
export { registerPacks } from './register-packs.ts'
export { releaseClaims } from './release-claims.ts'
export { releaseRender } from './release-render.ts'
export { reportProgress } from './report-progress.ts'
export { retryFailed } from './retry-failed.ts'
export { saveCheckpoint } from './save-checkpoint.ts'
export { savePartial } from './save-partial.ts'
export { setStudyPriority } from './set-study-priority.ts'
export { setStudyStatus } from './set-study-status.ts'
export { settleStudy } from './settle-study.ts'
export { studyCounts } from './study-counts.ts'
export { studyIds } from './study-ids.ts'
export { studyRate } from './study-rate.ts'
export {
  type CellRecord,
  type EventRecord,
  type MarkRecord,
  type RecipeRecord,
  type RenderRecord,
  readStudyRecords,
  type SheetRecord,
  type StudyRecords,
} from './study-records.ts'
export { sweepRenders } from './sweep-renders.ts'
export type {
  CellDetail,
  CellRow,
  CellStatus,
  ClaimedRender,
  Device,
  Mark,
  NewCell,
  PartialPicture,
  RenderStatus,
  RenderTimings,
  Sheet,
  Study,
  StudyCounts,
  StudyEvent,
  StudyStatus,
  StudySummary,
} from './types.ts'
export { editStudy, updateDraft } from './update-draft.ts'

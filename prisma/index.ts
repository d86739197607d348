/** The ledger's face: every operation takes the `Ledger` first and does one thing. README.md has the picture. */

export { addDistances } from './add-distances.ts'
export { addMetrics } from './add-metrics.ts'
export { allCells } from './all-cells.ts'
export { archiveStudy } from './archive-study.ts'
export { askPackCheck } from './ask-pack-check.ts'
export { blobRecords } from './blob-records.ts'
export { type CellColumns, readCellColumns, readMeasure, statusLine } from './cell-columns.ts'
export { checkLedger, type Verdict } from './check/check-ledger.ts'
export { namedBlobs } from './check/named-blobs.ts'
export { claimRenders } from './claim-renders.ts'
export { createStudy } from './create-study.ts'
export { deleteSheet } from './delete-sheet.ts'
export { deleteStudy } from './delete-study.ts'
export { describeStudy, type StudyWords } from './describe-study.ts'
export { type EditOptions, editStudy, updateDraft } from './edit-study.ts'
export { endPackCheck } from './end-pack-check.ts'
export { enqueueCells } from './enqueue-cells.ts'
export { failRender } from './fail-render.ts'
export { finishEnqueue } from './finish-enqueue.ts'
export { finishRender } from './finish-render.ts'
export { type FleetWork, fleetWork } from './fleet-work.ts'
export { forgetBlobs } from './forget-blobs.ts'
export { forgetCheckpoints } from './forget-checkpoints.ts'
export { forgetLeftovers } from './forget-leftovers.ts'
export { forgetPrints } from './forget-prints.ts'
export { getCell } from './get-cell.ts'
export { getPrint } from './get-print.ts'
export { getSheet, listSheets, sharedSheet } from './get-sheet.ts'
export { getStudy } from './get-study.ts'
export { type DeviceOrders, heartbeatDevice } from './heartbeat-device.ts'
export { type ImportedStudy, importStudy } from './import-study.ts'
export { knownDone } from './known-done.ts'
export { lackingDistances, type ReferencedStudy, referencedStudies } from './lacking-distances.ts'
export { latestPreview } from './latest-preview.ts'
export { type Ledger, openLedger } from './ledger.ts'
export { type LibraryShelves, libraryShelves } from './library-shelves.ts'
export {
  canRenderBecome,
  canStudyBecome,
  isClaimable,
  isRenderSettled,
  isStudyActive,
  printStatuses,
  type Settlement,
  settlement,
} from './life.ts'
export { type DeviceLimits, limitDevices } from './limit-device.ts'
export { cellsAt, changedSince, listCells } from './list-cells.ts'
export { listDevices } from './list-devices.ts'
export { listPacks, packNamed } from './list-packs.ts'
export { type LibraryOrder, type LibraryQuery, listStudies } from './list-studies.ts'
export { listen } from './listen.ts'
export { markCells } from './mark-cells.ts'
export { measureNames } from './measure-names.ts'
export { measuredSpeeds } from './measured-speeds.ts'
export { migrate } from './migrate.ts'
export {
  beginPrint,
  cancelPrint,
  failPrint,
  finishPrint,
  losePrint,
  reportPrint,
} from './move-print.ts'
export { type PackStanding, packStandings } from './pack-standings.ts'
export { putSheet } from './put-sheet.ts'
export { reclaimLost } from './reclaim-lost.ts'
export { type BlobRecord, recordBlob } from './record-blob.ts'
export { listEvents, recordEvent } from './record-event.ts'
export { referencePlace } from './reference-place.ts'
export { referencedBlobs } from './referenced-blobs.ts'
export { registerPacks } from './register-packs.ts'
export { releaseClaims } from './release-claims.ts'
export { releaseRender } from './release-render.ts'
export { renderAgain, takeKey } from './render-again.ts'
export { reportProgress } from './report-progress.ts'
export { requestPrint } from './request-print.ts'
export { retryFailed } from './retry-failed.ts'
export { saveCheckpoint } from './save-checkpoint.ts'
export { savePartial } from './save-partial.ts'
export { bringDeviceBack, setDeviceAside } from './set-device-aside.ts'
export { setReference } from './set-reference.ts'
export { setStudyPriority } from './set-study-priority.ts'
export { setStudyStatus } from './set-study-status.ts'
export { settleStudy } from './settle-study.ts'
export { type CellChoice, includeCells, skipCells } from './skip-cells.ts'
export { studyCounts } from './study-counts.ts'
export { forecastErrors, type StudyForecast, studyForecast } from './study-forecast.ts'
export { studyIds } from './study-ids.ts'
export { mostLanes, setStudyLanes, studyLanes } from './study-lanes.ts'
export { type StudyOutlook, studyOutlook } from './study-outlook.ts'
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
export { studyRendersLeft } from './study-renders-left.ts'
export { sweepRenders } from './sweep-renders.ts'
export { takePackCheck } from './take-pack-check.ts'
export { tellPackCheck } from './tell-pack-check.ts'
export type {
  CellDetail,
  CellRow,
  CellStatus,
  ClaimedRender,
  Device,
  Mark,
  NewCell,
  PartialPicture,
  Print,
  PrintStatus,
  RenderStatus,
  RenderTimings,
  Sheet,
  Study,
  StudyCounts,
  StudyEvent,
  StudyStatus,
  StudySummary,
  Take,
} from './types.ts'
export { type UnmeasuredRender, unmeasuredRenders } from './unmeasured-renders.ts'

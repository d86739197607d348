/**
 * The activities the workflows call, as types only: `worker/` implements them, `workflows/` never sees their code.
 * Everything that travels here is small: ids, counts, words. Cells and recipes stay in the ledger.
 */

/** 1 is the most urgent, 3 is normal, 5 runs when nobody else wants the device. */
export type Priority = 1 | 2 | 3 | 4 | 5

/** What the ledger says about the work that a study has left. */
export type Settlement =
  /** Every cell is done, failed or excluded; the study is now `finished` in the ledger. */
  | 'finished'
  /** Renders are queued: lanes have something to claim. */
  | 'more'
  /** Nothing to claim, but renders are under way (another lane's, or another study's that shares them). */
  | 'waiting'

export type CommandedStatus = 'running' | 'paused' | 'cancelled'

export interface Beginning {
  pack: string
  priority: Priority
  /** As many as the study should have; left out, it keeps those it was started with. */
  lanes?: number
}

/** Light activities on the `studio` queue: they touch the ledger and nothing else. */
export interface StudioActivities {
  /** Marks the study as running. Fails for good with `not_found` or `conflict` when it cannot run. */
  beginStudy(input: { studyId: string }): Promise<Beginning>
  /** Carries a person's command into the ledger; fails for good with `conflict` when the study cannot go there. */
  setStatus(input: { studyId: string; to: CommandedStatus }): Promise<void>
  setPriority(input: { studyId: string; priority: Priority }): Promise<void>
  /** Expands the plan lazily and streams it into the ledger. Safe to run twice. */
  enqueueStudy(input: { studyId: string }): Promise<{ cells: number; inserted: number; reused: number }>
  /** Pauses a study that cannot go on as it is and notes the reason where people see it. */
  holdStudy(input: { studyId: string; reason: string }): Promise<void>
  settleStudy(input: { studyId: string }): Promise<Settlement>
  /** Failed renders of these cells (all, when none are named) are queued again; returns how many. */
  retryFailed(input: { studyId: string; seqs?: number[] }): Promise<number>
}

/** Sheets into files, on the `studio` queue. */
export interface PrintActivities {
  /** Prints what stands in the ledger under this key; nothing when it is done, cancelled or forgotten. */
  printSheet(input: { key: string }): Promise<void>
  failPrint(input: { key: string; reason: string }): Promise<void>
}

export interface RenderNextInput {
  studyId: string
  pack: string
}

export interface RenderNextResult {
  rendered: number
  failed: number
  /** False when this lane should end: nothing left to claim, or the study is no longer running. */
  more: boolean
  /** As the ledger has it now, so that the lane's next call queues with the wish of today. */
  priority: Priority
}

/** The one activity on `render.<pack>`: claims on the device, renders, commits each picture as it finishes. */
export interface RenderActivities {
  renderNext(input: RenderNextInput): Promise<RenderNextResult>
}

/**
 * The lives of a study and of a render, as predicates. Every statement that changes a state is guarded by the
 * states it may come from, so what is not drawn here (and in README.md) cannot happen.
 */
export const studyStatuses = ['draft', 'running', 'paused', 'finished', 'cancelled'] as const
export type StudyStatus = (typeof studyStatuses)[number]

export const renderStatuses = ['queued', 'rendering', 'done', 'failed'] as const
export type RenderStatus = (typeof renderStatuses)[number]

export const printStatuses = ['queued', 'printing', 'done', 'failed', 'cancelled'] as const
export type PrintStatus = (typeof printStatuses)[number]

/** A cell shows the status of its render, or that a skip rule left it out. */
export type CellStatus = RenderStatus | 'excluded'

const studyNext: Record<StudyStatus, readonly StudyStatus[]> = {
  draft: ['running'],
  running: ['paused', 'finished', 'cancelled'],
  paused: ['running', 'finished', 'cancelled'],
  finished: ['running'],
  cancelled: ['running'],
}

const renderNext: Record<RenderStatus, readonly RenderStatus[]> = {
  queued: ['rendering'],
  rendering: ['done', 'failed', 'queued'],
  done: [],
  failed: ['queued'],
}

export const canStudyBecome = (from: StudyStatus, to: StudyStatus): boolean => studyNext[from].includes(to)

export const canRenderBecome = (from: RenderStatus, to: RenderStatus): boolean =>
  renderNext[from].includes(to)

/** The states a study may come from to be `to`: the guard of the statement that moves it. */
export const studyStatusesBefore = (to: StudyStatus): StudyStatus[] =>
  studyStatuses.filter((from) => canStudyBecome(from, to))

/** Its lanes may claim renders. */
export const isClaimable = (status: StudyStatus): boolean => status === 'running'

/** It still holds or may soon hold GPU slots. */
export const isStudyActive = (status: StudyStatus): boolean => status === 'running' || status === 'paused'

/** Nothing more will happen to the render by itself. */
export const isRenderSettled = (status: RenderStatus): boolean => status === 'done' || status === 'failed'

/** What a lane does next, decided from what its study has left. */
export type Settlement = 'finished' | 'more' | 'waiting'

/**
 * `finished`: nothing queued or rendering is left of an active study, or it was finished before. `more`: there is
 * something to claim. `waiting`: nothing to claim now (rendering elsewhere, or the study is not running); ask later.
 */
export const settlement = (study: { status: StudyStatus; queued: number; rendering: number }): Settlement => {
  const left = study.queued + study.rendering
  if (left === 0 && (isStudyActive(study.status) || study.status === 'finished')) return 'finished'
  if (study.queued > 0 && isClaimable(study.status)) return 'more'

  return 'waiting'
}

import { expect, it } from 'vitest'
import {
  canRenderBecome,
  canStudyBecome,
  isClaimable,
  isRenderSettled,
  isStudyActive,
  renderStatuses,
  settlement,
  studyStatuses,
  studyStatusesBefore,
} from './life.ts'

it('lets a study live as the README draws it and no other way', () => {
  const moves = studyStatuses.flatMap((from) =>
    studyStatuses.filter((to) => canStudyBecome(from, to)).map((to) => `${from} → ${to}`),
  )

  expect(moves).toEqual([
    'draft → running',
    'running → paused',
    'running → finished',
    'running → cancelled',
    'paused → running',
    'paused → finished',
    'paused → cancelled',
    'finished → running',
    'cancelled → running',
  ])
  expect(studyStatusesBefore('running')).toEqual(['draft', 'paused', 'finished', 'cancelled'])
})

it('lets nothing happen to a picture that is done', () => {
  expect(renderStatuses.filter((to) => canRenderBecome('done', to))).toEqual([])
  expect(renderStatuses.filter((from) => canRenderBecome(from, 'rendering'))).toEqual(['queued'])
  expect(renderStatuses.filter((from) => canRenderBecome(from, 'queued'))).toEqual(['rendering', 'failed'])
  expect(renderStatuses.filter(isRenderSettled)).toEqual(['done', 'failed'])
})

it('claims for running studies only, and counts paused ones as active', () => {
  expect(studyStatuses.filter(isClaimable)).toEqual(['running'])
  expect(studyStatuses.filter(isStudyActive)).toEqual(['running', 'paused'])
})

it('settles a study by what it has left', () => {
  expect(settlement({ status: 'running', queued: 3, rendering: 1 })).toBe('more')
  expect(settlement({ status: 'running', queued: 0, rendering: 1 })).toBe('waiting')
  expect(settlement({ status: 'running', queued: 0, rendering: 0 })).toBe('finished')
  expect(settlement({ status: 'paused', queued: 3, rendering: 0 })).toBe('waiting')
  expect(settlement({ status: 'paused', queued: 0, rendering: 0 })).toBe('finished')
  expect(settlement({ status: 'cancelled', queued: 3, rendering: 0 })).toBe('waiting')
  expect(settlement({ status: 'draft', queued: 0, rendering: 0 })).toBe('waiting')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSchedule, type Run, scheduleToText } from '#study'
import { beginnings, joined, nudged, split, stepsOfRuns, withBoundary, withValue } from './schedule-edit.ts'

const runs: Run[] = [
  [12, 400],
  [4, 600],
]

test('a boundary moves, but never past its neighbours', () => {
  expect(withBoundary(runs, 1, 250)).toEqual([
    [12, 250],
    [4, 750],
  ])
  expect(withBoundary(runs, 1, -5)[0]).toEqual([12, 1])
  expect(withBoundary(runs, 1, 5_000)[1]).toEqual([4, 1])
})

test('a run is cut in two, set, and taken out again', () => {
  const three = withValue(split(runs, 1, 5), 2, 9)
  expect(three).toEqual([
    [12, 400],
    [4, 300],
    [9, 300],
  ])
  expect(beginnings(three)).toEqual([0, 400, 700])
  expect(joined(three, 1)).toEqual([
    [12, 700],
    [9, 300],
  ])
  expect(joined(three, 0)[0]).toEqual([4, 700])
  expect(joined([[1, 1000]], 0)).toEqual([[1, 1000]])
})

test('whatever is done, a whole run of the engine is covered', () => {
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('move'), at: fc.nat(9), unit: fc.integer({ min: -50, max: 1_050 }) }),
    fc.record({ kind: fc.constantFrom('split', 'join'), at: fc.nat(9), unit: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      let now: Run[] = runs
      for (const { kind, at, unit } of edits) {
        const index = at % now.length
        if (kind === 'split') now = split(now, index, now[index]![0] + 1)
        else if (kind === 'join') now = joined(now, index)
        else if (index > 0) now = withBoundary(now, index, unit)
      }
      expect(now.every(([, units]) => units > 0)).toBe(true)
      expect(parseSchedule(scheduleToText(now))).toMatchObject({ ok: true, total: 1000 })
    }),
  )
})

test('values go up and down within their bounds', () => {
  expect(nudged(12, 1, { whole: true, min: 0, max: 16 })).toBe(13)
  expect(nudged(0, -1, { whole: true, min: 0, max: 16 })).toBe(0)
  expect(nudged(0.2, 1, { whole: false, min: 0, max: 1 })).toBe(0.25)
})

test('executed steps are counted by run', () => {
  expect(stepsOfRuns(runs, [0, 200, 399, 400, 999])).toEqual([3, 2])
})

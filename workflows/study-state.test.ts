import { describe, expect, test } from 'vitest'
import { StudyState } from './study-state.ts'

const running = (lanes = 2): StudyState => {
  const state = new StudyState({ studyId: 's', lanes })
  state.begun({ pack: 'tiny', priority: 3 })
  state.enqueueStarted()
  state.enqueueEnded()
  state.takeChange()

  return state
}

const startAll = (state: StudyState): number[] => {
  const lanes = state.lanesToStart()
  for (const lane of lanes) state.laneStarted(lane)

  return lanes
}

describe('starting', () => {
  test('begins, then expands, then starts its lanes', () => {
    const state = new StudyState({ studyId: 's', lanes: 2 })
    expect([state.beginWanted, state.enqueueWanted, state.lanesToStart()]).toEqual([true, false, []])

    state.begun({ pack: 'tiny', priority: 2 })
    expect([state.beginWanted, state.enqueueWanted, state.lanesToStart()]).toEqual([false, true, []])

    state.enqueueStarted()
    expect(state.view()).toMatchObject({ phase: 'running', enqueuing: true, priority: 2 })

    state.enqueueEnded()
    expect(startAll(state)).toEqual([1, 2])
    expect(state.lanesToStart()).toEqual([])
  })

  test('lanes begin while a long expansion is still streaming', () => {
    const state = new StudyState({ studyId: 's', lanes: 1 })
    state.begun({ pack: 'tiny', priority: 3 })
    state.enqueueStarted()
    expect(state.patience).toBe(1_000)

    state.waited()
    expect(startAll(state)).toEqual([1])
    expect(state.settleWanted).toBe(false)
  })

  test('a start while it runs expands again without disturbing the lanes', () => {
    const state = running()
    startAll(state)
    state.start()
    state.begun({ pack: 'tiny', priority: 3 })

    expect(state.enqueueWanted).toBe(true)
    expect(state.view().lanes.active).toEqual([1, 2])
  })

  test('a start during an expansion is not forgotten when that one ends', () => {
    const state = new StudyState({ studyId: 's', lanes: 1 })
    state.begun({ pack: 'tiny', priority: 3 })
    state.enqueueStarted()
    state.start()
    state.enqueueEnded()
    state.begun({ pack: 'tiny', priority: 3 })

    expect(state.enqueueWanted).toBe(true)
  })

  test('a finished study runs again', () => {
    const state = running(1)
    state.settled('finished')
    expect(state.over).toBe(true)

    state.start()
    expect(state.over).toBe(false)
    state.begun({ pack: 'tiny', priority: 3 })
    expect(state.view().phase).toBe('running')
  })
})

describe('pausing', () => {
  test('softly: lanes are left to end, none starts', () => {
    const state = running()
    startAll(state)
    state.pause('soft')
    expect(state.takeLanesToStop()).toEqual([])

    state.laneEnded(1, { rendered: 3, failed: 0 })
    expect([state.lanesToStart(), state.settleWanted, state.patience]).toEqual([[], false, null])
  })

  test('hard: every lane is told to stop, once', () => {
    const state = running()
    startAll(state)
    state.pause('hard')

    expect(state.takeLanesToStop()).toEqual([1, 2])
    expect(state.takeLanesToStop()).toEqual([])
  })

  test('resuming starts the lanes that have ended', () => {
    const state = running()
    startAll(state)
    state.pause('hard')
    state.laneEnded(2, null)
    state.resume()

    expect(startAll(state)).toEqual([2])
  })

  test('a paused study is never over', () => {
    const state = running()
    state.pause('hard')
    state.takeChange()
    expect(state.over).toBe(false)
  })

  test('an answer of the ledger that comes after the pause changes nothing', () => {
    const state = running()
    state.pause('soft')
    state.settled('finished')
    expect(state.view().phase).toBe('paused')
  })
})

test('cancelling stops the lanes and is over when the last has ended', () => {
  const state = running()
  startAll(state)
  state.cancel()
  expect(state.takeLanesToStop()).toEqual([1, 2])

  state.laneEnded(1, null)
  state.takeChange()
  expect(state.over).toBe(false)
  state.laneEnded(2, null)
  state.takeChange()
  expect(state.over).toBe(true)
})

describe('settling', () => {
  test('is asked for when a lane ends', () => {
    const state = running()
    startAll(state)
    state.settled('waiting')
    expect(state.settleWanted).toBe(false)

    state.laneEnded(1, { rendered: 5, failed: 1 })
    expect(state.settleWanted).toBe(true)
  })

  test('more work: the ended lane starts again', () => {
    const state = running()
    startAll(state)
    state.laneEnded(2, { rendered: 5, failed: 0 })
    state.settled('more')
    expect(startAll(state)).toEqual([2])
  })

  test('a lane that brought nothing waits before it starts again', () => {
    const state = running(1)
    startAll(state)
    state.laneEnded(1, null)
    state.settled('more')
    expect([state.lanesToStart(), state.patience]).toEqual([[], 1_000])

    state.waited()
    expect(state.settleWanted).toBe(true)
    state.settled('more')
    expect(startAll(state)).toEqual([1])
  })

  test('waiting for others: asks less and less often, at least every 15 s', () => {
    const state = running(1)
    const pauses = Array.from({ length: 6 }, () => {
      state.settled('waiting')
      const pause = state.patience
      state.waited()

      return pause
    })
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000])
  })

  test('nothing to wait for while another lane works', () => {
    const state = running()
    startAll(state)
    state.laneEnded(1, { rendered: 1, failed: 0 })
    state.settled('waiting')
    expect(state.patience).toBeNull()
  })

  test('finished in spite of a lane that a dead worker holds: that lane is stopped', () => {
    const state = running()
    startAll(state)
    state.laneEnded(1, { rendered: 9, failed: 0 })
    state.settled('finished')
    expect(state.takeLanesToStop()).toEqual([2])
  })
})

describe('lanes', () => {
  test('more of them start at once', () => {
    const state = running(1)
    startAll(state)
    state.setLanes(3)
    expect(startAll(state)).toEqual([2, 3])
  })

  test('fewer: the highest are stopped', () => {
    const state = running(3)
    startAll(state)
    state.setLanes(1)
    expect(state.takeLanesToStop()).toEqual([2, 3])
  })
})

describe('a study that cannot be expanded', () => {
  test('holds with the reason, and expands anew when resumed', () => {
    const state = new StudyState({ studyId: 's', lanes: 1 })
    state.begun({ pack: 'gone', priority: 3 })
    state.enqueueStarted()
    state.held("No worker holds the pack 'gone'.")
    expect(state.view()).toMatchObject({ phase: 'paused', problem: "No worker holds the pack 'gone'." })

    state.resume()
    expect(state.enqueueWanted).toBe(true)
    expect(state.view().problem).toBeNull()
  })
})

test('what is carried to the next run goes on without beginning or expanding again', () => {
  const state = running(1)
  startAll(state)
  state.laneEnded(1, { rendered: 4, failed: 2 })
  const next = new StudyState({ studyId: 's', ...state.carry() })

  expect([next.beginWanted, next.enqueueWanted, next.settleWanted]).toEqual([false, false, true])
  expect(next.view()).toMatchObject({ phase: 'running' })
})

test('a study begins with the lanes that the ledger says, and keeps its own where it says nothing', () => {
  const told = new StudyState({ studyId: 's', lanes: 2 })
  told.begun({ pack: 'tiny', priority: 3, lanes: 6 })
  const left = new StudyState({ studyId: 's', lanes: 2 })
  left.begun({ pack: 'tiny', priority: 3 })

  expect([told.view().lanes.wanted, left.view().lanes.wanted]).toEqual([6, 2])
})

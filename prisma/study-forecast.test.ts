import { expect, test } from 'vitest'
import { type Happening, outcomeOf } from './study-forecast.ts'

const at = (kind: string, second: number, details: Record<string, unknown> = {}): Happening => ({
  kind,
  at: new Date(second * 1_000),
  details,
})

test('pauses do not count, and the share missed is of the forecast', () => {
  const happenings = [
    at('running', 0),
    at('forecast', 1, { seconds: 100, renders: 10 }),
    at('paused', 51),
    at('running', 500),
    at('finished', 570),
  ]
  const { error, ...rest } = outcomeOf(happenings)!
  expect(rest).toEqual({ seconds: 100, renders: 10, took: 120 })
  expect(error).toBeCloseTo(0.2)
})

test('a study that was begun again is measured against its newest forecast', () => {
  const happenings = [
    at('forecast', 0, { seconds: 1, renders: 1 }),
    at('finished', 900),
    at('running', 1_000),
    at('forecast', 1_001, { seconds: 20, renders: 2 }),
    at('finished', 1_011),
  ]
  expect(outcomeOf(happenings)).toEqual({ seconds: 20, renders: 2, took: 10, error: -0.5 })
})

test('before the end there is a forecast and no outcome; without one there is nothing', () => {
  expect(outcomeOf([at('forecast', 0, { seconds: 5, renders: 1 })])).toMatchObject({
    took: null,
    error: null,
  })
  expect(outcomeOf([at('running', 0), at('finished', 3)])).toBeNull()
})

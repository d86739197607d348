import { expect, test } from 'vitest'
import type { FleetDevice } from '../../wire/fleet.ts'
import { factsOf, forecastsInWords, stateInWords } from './device-words.ts'

const device = (patch: Partial<FleetDevice> = {}): FleetDevice => ({
  id: 'lab/cpu',
  host: 'lab',
  kind: 'cpu',
  memory: 16e9,
  memoryLimit: null,
  batch: 1,
  batchLimit: null,
  packs: ['starter'],
  secondsPerStep: 0.05,
  silentSeconds: 2,
  aside: null,
  now: [],
  failed: [],
  queue: 0,
  secondsLeft: 0,
  ...patch,
})
const factOf = (name: string, patch: Partial<FleetDevice>): string | undefined =>
  factsOf(device(patch)).find(([fact]) => fact === name)?.[1]

test('one line says what a device is at; being set aside comes before silence', () => {
  expect(stateInWords(device())).toBe('Waiting for work')
  expect(stateInWords(device({ silentSeconds: 90 }))).toContain('Silent for 1 min 30 s')
  expect(stateInWords(device({ silentSeconds: 90, aside: { reason: 'x', seconds: 120 } }))).toBe(
    'Set aside 2 min ago',
  )
})

test('limits show where they limit anything', () => {
  expect(factOf('memory', {})).toBe('16 GB')
  expect(factOf('memory', { memoryLimit: 8e9 })).toBe('16 GB, limited to 8.0 GB')
  expect(factOf('memory', { memoryLimit: 32e9 })).toBe('16 GB')
  expect(factOf('pictures at once', { batch: 2, batchLimit: 2 })).toBe('2, limited to 2')
})

test('what waits comes with its time where speeds are known', () => {
  expect(factOf('waiting for it', {})).toBe('nothing')
  expect(factOf('waiting for it', { queue: 40, secondsLeft: 80 })).toBe(
    '40 pictures, done in about 1 min 20 s',
  )
  expect(factOf('waiting for it', { queue: 1, secondsLeft: null })).toBe('1 picture')
})

test('forecasts are judged once a study has finished', () => {
  expect(forecastsInWords(null, 0)).toBeNull()
  expect(forecastsInWords(0.124, 7)).toContain('± 12 %')
})

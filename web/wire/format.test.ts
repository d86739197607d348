import { expect, test } from 'vitest'
import { bytes, duration, renderTime, signed } from './format.ts'

test('durations are as long as they need to be', () => {
  expect([0, 41.4, 60, 230, 600, 3599, 3600, 7500, 400_000].map(duration)).toEqual([
    '0 s',
    '41 s',
    '1 min',
    '3 min 50 s',
    '10 min',
    '60 min',
    '1 h',
    '2 h 5 min',
    '5 days',
  ])
  expect([0.04, 4.61, 9.94, 9.96, 12].map(renderTime)).toEqual(['0.0 s', '4.6 s', '9.9 s', '10 s', '12 s'])
})

test('bytes and signs', () => {
  expect([400, 23_400_000, 949_999_999, 960_000_000, 23e9].map(bytes)).toEqual([
    '1 kB',
    '23 MB',
    '950 MB',
    '1.0 GB',
    '23 GB',
  ])
  expect([signed(-0.0412), signed(0.018), signed(0)]).toEqual(['−0.041', '+0.018', '+0.000'])
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSchedule, scheduleIndex, scheduleToText } from './parse-schedule.ts'
import { spacing } from './spacing.ts'

describe('parseSchedule', () => {
  it('reads terms and keeps them as runs', () => {
    const parsed = parseSchedule('[12]*400 + [4, 4]*150 +[6]*300')
    expect(parsed.ok && parsed.runs).toEqual([
      [12, 400],
      [4, 300],
      [6, 300],
    ])
    expect(parsed.ok && parsed.values[399]).toBe(12)
    expect(parsed.ok && parsed.values[400]).toBe(4)
  })

  it('ignores a tail beyond 1000 units, as the notebook does', () => {
    const parsed = parseSchedule('[1]*900+[2]*900')
    expect(parsed.ok && parsed.runs).toEqual([
      [1, 900],
      [2, 100],
    ])
  })

  it.each([
    ['[1]*999', /covers 999 of the 1000/],
    ['', /"\[" is expected/],
    ['[12]*400+', /"\[" is expected/],
    ['[]*1000', /a number is expected/],
    ['[1]*1e3', /whole number is expected after/],
    ['[1]*-5', /whole number is expected after/],
    ['[1]*1000 nonsense', /"\+" is expected/],
    ['range(1000)', /"\[" is expected/],
    ['[1e999]*1000', /not a finite number/],
    ['[1]*1000000000', /longer than/],
  ])('refuses %j', (text, message) => {
    const parsed = parseSchedule(text)
    expect(parsed.ok ? '' : parsed.problem.message).toMatch(message)
  })

  it('asks for whole numbers where cuts are counted', () => {
    expect(parseSchedule('[1.5]*1000', { integer: true }).ok).toBe(false)
    expect(parseSchedule('[1.5]*1000').ok).toBe(true)
  })

  it('takes hostile text in linear time', () => {
    const start = performance.now()
    parseSchedule('[1]+'.repeat(5000))
    parseSchedule(`[${'1,'.repeat(9000)}`)
    parseSchedule(`[1]${' '.repeat(19_000)}`)
    parseSchedule('[1'.repeat(5_000_000))
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('comes back from its own text', () => {
    const run = fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      fc.integer({ min: 1, max: 600 }),
    )
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (runs) => {
        const text = scheduleToText([...runs, [7, 1000]])
        const parsed = parseSchedule(text)
        if (!parsed.ok) return false
        const again = parseSchedule(scheduleToText(parsed.runs))

        return again.ok && again.values.every((value, i) => value === parsed.values[i])
      }),
    )
  })
})

describe('spacing', () => {
  // N, k, last tau and first schedule index of guided-diffusion.
  it.each([
    [2, 1000, 500, 500, 499],
    [7, 994, 142, 857.142822265625, 142],
    [25, 1000, 40, 960, 39],
    [30, 990, 33, 966.6666259765625, 33],
    [150, 900, 6, 993.3333740234375, 6],
    [250, 1000, 4, 996, 3],
    [333, 999, 3, 996.9970092773438, 3],
    [501, 501, 1, 998.0040283203125, 1],
    [1000, 1000, 1, 999, 0],
    [2000, 2000, 1, 999.5, 0],
  ])('%i steps', (steps, N, k, tau, index) => {
    const table = spacing(steps)
    expect([table.N, table.k]).toEqual([N, k])
    expect(table.taus.length).toBe(steps)
    expect(table.taus[steps - 1]).toBe(tau)
    expect(scheduleIndex(tau)).toBe(index)
    expect(scheduleIndex(table.taus[0]!)).toBe(999)
    expect(table.abarPrev[0]).toBe(1)
    expect(table.abarPrev[1]).toBe(table.abar[0])
  })

  it.each([
    [2, 1, 0.07779665836502386],
    [3, 2, 0.010885662442243298],
    [7, 6, 0.0005785089589114469],
    [10, 9, 0.00027024451955826425],
    [25, 24, 8.741305391053614e-5],
    [30, 29, 7.670009673138536e-5],
    [250, 1, 0.999300994342],
    [250, 124, 0.080997748712],
    [250, 249, 4.2877369068e-5],
    [150, 149, 4.480397734e-5],
  ])('%i steps have the noise of the reference at step %i', (steps, i, abar) => {
    expect(Math.abs(spacing(steps).abar[i]! / abar - 1)).toBeLessThan(1e-9)
  })
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptsAt } from '../prompts/parse-prompt.ts'
import { type InterpSpline, interpolateKeyFrames } from './interpolate-key-frames.ts'
import { type KeyFrames, parseKeyFrames } from './parse-key-frames.ts'

/** What pandas 1.5 and SciPy made of key frames in the original code. */
interface Recorded {
  string: string
  max_frames: number
  interp_spline: InterpSpline
  values?: number[]
  retried_as?: string
  error?: string
}

const tables = JSON.parse(
  readFileSync(new URL('../../diffusion/testing/parity/units/tables.json', import.meta.url), 'utf8'),
)

function keysOf(text: string): KeyFrames {
  const parsed = parseKeyFrames(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)

  return parsed.keys
}

describe('key frames', () => {
  it('become the values of the original for every spline and length', () => {
    for (const {
      string,
      max_frames,
      interp_spline,
      values,
      retried_as,
      error,
    } of tables.key_frames as Recorded[]) {
      const parsed = parseKeyFrames(string)
      expect(parsed.ok, string).toBe(error === undefined)
      if (!parsed.ok) continue

      const series = interpolateKeyFrames(parsed.keys, { frames: max_frames, spline: interp_spline })
      expect(parsed.text).toBe(retried_as ?? string)
      expect(series).toHaveLength(max_frames)

      for (const [frame, value] of series.entries())
        expect(value, `${string} ${interp_spline} at ${frame} of ${max_frames}`).toBeCloseTo(
          values![frame]!,
          12,
        )
    }
  })

  it('are met exactly by every spline, however many there are', () => {
    const keys = fc.uniqueArray(fc.tuple(fc.nat(300), fc.integer({ min: -50, max: 50 })), {
      selector: ([frame]) => frame,
      minLength: 1,
      maxLength: 60,
    })

    fc.assert(
      fc.property(keys, fc.constantFrom<InterpSpline>('Linear', 'Quadratic', 'Cubic'), (list, spline) => {
        const series = interpolateKeyFrames(new Map(list), { frames: 301, spline })

        for (const [frame, value] of list) expect(series[frame]).toBe(value)
        expect(series.every(Number.isFinite)).toBe(true)
      }),
    )
  })

  it('give a parabola back from a quadratic spline, and a cubic from a cubic one', () => {
    const frames = [0, 3, 4, 9, 15, 20]
    const sampled = (of: (x: number) => number) => new Map(frames.map((x) => [x, of(x)]))
    const all = Array.from({ length: 21 }, (_, x) => x)
    const parabola = (x: number) => 0.5 * x * x - 7 * x + 3
    const cubic = (x: number) => 0.01 * x ** 3 - 0.3 * x * x + x

    const two = interpolateKeyFrames(sampled(parabola), { frames: 21, spline: 'Quadratic' })
    const three = interpolateKeyFrames(sampled(cubic), { frames: 21, spline: 'Cubic' })

    for (const x of all) {
      expect(two[x]).toBeCloseTo(parabola(x), 9)
      expect(three[x]).toBeCloseTo(cubic(x), 9)
    }
  })

  it.each<[string, [number, number][]]>([
    [
      '0:(1),10:\n( 1.05 )',
      [
        [0, 1],
        [10, 1.05],
      ],
    ],
    [
      '12:(3), 4:(-1), 12:(5)',
      [
        [12, 5],
        [4, -1],
      ],
    ],
    ['1_0', [[0, 10]]],
    ['frame 7: (1e-2) and so on', [[7, 0.01]]],
    ['0:(1) 1:(2', [[0, 1]]],
  ])('reads %j', (text, keys) => {
    expect([...keysOf(text)]).toEqual(keys)
  })

  it.each([
    ['', 'it is empty; write it like 0: (0), 10: (1.5).', 0],
    ['   ', '"" at frame 0 is not a number; write it like 0: (0), 10: (1.5).', 0],
    ['0: (1), 5: (sin(2))', '"sin(2" at frame 5 is not a number; write it like 0: (0), 10: (1.5).', 8],
    ['0: (1+2)', '"1+2" at frame 0 is not a number; write it like 0: (0), 10: (1.5).', 0],
    ['0: (inf)', '"inf" at frame 0 is not a number; write it like 0: (0), 10: (1.5).', 0],
  ])('refuses %j', (text, message, at) => {
    expect(parseKeyFrames(text)).toEqual({ ok: false, problem: { message, at } })
  })
})

describe('prompts by frame', () => {
  it('are those the original uses at every frame', () => {
    for (const { prompts, series, max_frames } of tables.prompt_series)
      for (let frame = 0; frame < max_frames; frame++)
        expect(promptsAt(prompts, frame)).toEqual(series[frame])
  })
})

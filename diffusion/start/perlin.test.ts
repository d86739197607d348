import { describe, expect, it } from 'vitest'
import { createNoise } from '../random/index.ts'
import { golden } from '../testing/golden.ts'
import { addOctave } from './perlin-field.ts'
import { perlinInit } from './perlin-init.ts'

const size = [64, 64] as const
const place = (seed: number) => ({
  noise: createNoise({ mode: 'torch', seed }),
  cloud: 0,
  channel: 0,
  octave: 0,
})

describe('perlin', () => {
  it('gives the reference field of 2 × 2 cells', () => {
    const points = { rows: [...Array(8).keys()], columns: [...Array(8).keys()] }
    const field = new Float32Array(64)
    addOctave({ cells: 2, scale: 4, weight: 1, place: place(3) }, points, field)

    golden.perlin_2_2_4_seed3.out.forEach((value: number, k: number) => {
      expect(field[k]).toBeCloseTo(value, 6)
    })
  })

  it('gives at some points what it gives there among all', () => {
    const all = [...Array(32).keys()]
    const whole = new Float32Array(32 * 32)
    const some = new Float32Array(6)
    const octave = { cells: 4, scale: 8, weight: 0.5 }
    const noise = () => ({ ...place(5), noise: createNoise({ mode: 'paired', seed: 5 }) })
    addOctave({ ...octave, place: noise() }, { rows: all, columns: all }, whole)
    addOctave({ ...octave, place: noise() }, { rows: [7, 31], columns: [0, 9, 30] }, some)

    expect([...some]).toEqual([7, 31].flatMap((row) => [0, 9, 30].map((column) => whole[row * 32 + column]!)))
  })
})

describe('perlin_init', () => {
  it('gives the clouds of the reference, draw for draw', () => {
    const noise = createNoise({ mode: 'torch', seed: 3 })
    const clouds = perlinInit('gray', [128, 64], noise)
    const expected = { 0: -0.0509803, 777: -0.0627451, 3000: 0.5411766, 5000: -0.4549019, 24575: -0.1921569 }

    for (const [at, value] of Object.entries(expected)) expect(clouds[Number(at)]).toBeCloseTo(value, 6)
    expect(noise.draws({ purpose: 'start' }).uniform()).toBeCloseTo(0.6417373418807983, 7)
  })

  it('has colour in color, none in gray, some in mixed; each mode keeps its clouds where they are', () => {
    const [color, gray, mixed] = (['color', 'gray', 'mixed'] as const).map((mode) =>
      perlinInit(mode, size, createNoise({ mode: 'paired', seed: 4 })),
    ) as [Float32Array, Float32Array, Float32Array]
    const colour = (clouds: Float32Array) => {
      let sum = 0
      for (let p = 0; p < 4096; p++) sum += Math.abs(clouds[p]! - clouds[4096 + p]!)

      return sum / 4096
    }

    expect(colour(gray)).toBe(0)
    expect(colour(mixed)).toBeGreaterThan(0.05)
    expect(colour(color)).toBeGreaterThan(colour(mixed))
    for (const clouds of [color, gray, mixed]) expect(clouds.every((v) => v >= -1 && v <= 1)).toBe(true)
  })
})

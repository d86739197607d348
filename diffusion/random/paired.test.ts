import { describe, expect, it } from 'vitest'
import { createNoise } from './noise-source.ts'
import { philox } from './philox.ts'

describe('Philox4x32-10', () => {
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the known answer for counter %j', (counter, key, expected) => {
    const out = new Uint32Array(4)
    philox(Uint32Array.from(counter), key[0]!, key[1]!, out)

    expect(Array.from(out)).toEqual(expected)
  })
})

describe('paired noise', () => {
  const noise = createNoise({ mode: 'paired', seed: 11 })

  it('is a function of its place alone', () => {
    const place = { purpose: 'crop', tau: 480, model: 'ViTB32', batch: 1, row: 3 } as const
    const first = noise.draws(place).uniform()
    noise.draws({ purpose: 'step', tau: 480 }).normal(100)

    expect(noise.draws(place).uniform()).toBe(first)
    expect(createNoise({ mode: 'paired', seed: 11 }).draws(place).uniform()).toBe(first)
  })

  it('differs by seed and by every part of the place', () => {
    const base = { purpose: 'crop', tau: 480, model: 'ViTB32', batch: 1, part: 0, row: 3 } as const
    const places = [
      base,
      { ...base, purpose: 'flip' as const },
      { ...base, tau: 440 },
      { ...base, model: 'RN50' },
      { ...base, batch: 2 },
      { ...base, part: 1 },
      { ...base, row: 4 },
    ]
    const values = places.map((place) => noise.draws(place).uniform())
    values.push(createNoise({ mode: 'paired', seed: 12 }).draws(base).uniform())
    values.push(
      createNoise({ mode: 'paired', seed: 11 + 2 ** 32 })
        .draws(base)
        .uniform(),
    )

    expect(new Set(values).size).toBe(values.length)
  })

  it("keeps a cut's noise when other cuts come and go", () => {
    const place = { purpose: 'augmentationNoise', tau: 480, model: 'ViTB32' } as const
    const grain = (rows: number[]) => {
      const out = new Float32Array(50 * rows.length)
      noise.grain(place, rows, out, 0.01)

      return out
    }

    for (const draw of [(rows: number[]) => noise.normals(place, rows, 50), grain]) {
      const few = draw([0, 70000])
      const many = draw([0, 1, 2, 70000])

      expect(many.subarray(0, 50)).toEqual(few.subarray(0, 50))
      expect(many.subarray(150)).toEqual(few.subarray(50))
    }
  })

  const grain = (length: number) => {
    const out = new Float32Array(length)
    noise.grain({ purpose: 'augmentationNoise' }, [0], out, 1)

    return out
  }

  it.each([
    ['draws', (length: number) => noise.draws({ purpose: 'start' }).normal(length)],
    ['grain', grain],
  ])('is normal: mean, variance, tails and neighbours of 100,000 %s', (_name, draw) => {
    const values = draw(100_000)
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length
    const variance = values.reduce((sum, v) => sum + v * v, 0) / values.length - mean * mean
    const together = values.reduce((sum, v, k) => sum + v * (values[k + 1] ?? 0), 0) / values.length
    const beyond2 = values.filter((v) => Math.abs(v) > 2).length / values.length

    expect(Math.abs(mean)).toBeLessThan(0.015)
    expect(Math.abs(variance - 1)).toBeLessThan(0.02)
    expect(Math.abs(together)).toBeLessThan(0.015)
    expect(Math.abs(beyond2 - 0.0455)).toBeLessThan(0.003)
  })

  it('adds grain to what is there, scaled', () => {
    const unit = grain(5)
    const out = new Float32Array(5).fill(3)
    noise.grain({ purpose: 'augmentationNoise' }, [0], out, 0.5)

    out.forEach((value, k) => {
      expect(value).toBeCloseTo(3 + 0.5 * unit[k]!, 6)
    })
  })
})

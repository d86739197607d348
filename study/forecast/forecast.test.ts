import { describe, expect, it } from 'vitest'
import { smallPack } from '../pack-info.testing.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { completeRecipe } from '../recipe/complete-recipe.ts'
import { diskBytes } from './disk.ts'
import { fitOn } from './fit.ts'
import { memoryBytes, rungThatFits } from './memory.ts'
import { demandOf, nextRung, rungs } from './thrift.ts'

const recipe = (patch: RecipePatch = {}) => completeRecipe(patch, smallPack)
const hungry = recipe({
  width_height: [256, 256],
  use_secondary_model: false,
  use_checkpoint: false,
  cut_overview: '[40]*1000',
})

describe('the memory ladder', () => {
  it('goes down by smaller cut batches, recomputing, smaller batches, and skips what spares nothing', () => {
    const way = (demand: Parameters<typeof nextRung>[1]) => {
      const steps = [0]
      for (let next = nextRung(0, demand); next !== null; next = nextRung(next, demand)) steps.push(next)

      return steps
    }

    expect(way({ cuts: 40, keeps: true, pictures: 4 })).toEqual([0, 1, 2, 3, 4, 5])
    expect(way({ cuts: 6, keeps: false, pictures: 1 })).toEqual([0, 2])
    expect(way({ cuts: 2, keeps: true, pictures: 2 })).toEqual([0, 3, 5])
    expect(rungs.every(({ cuts }) => cuts % 2 === 0 || cuts === Number.POSITIVE_INFINITY)).toBe(true)
  })

  it('reads from a recipe what it holds at once', () => {
    expect(demandOf(hungry, 3)).toEqual({ cuts: 43, keeps: true, pictures: 3 })
  })
})

it('counts every picture that is kept, those on the way included', () => {
  const one = diskBytes(recipe({ width_height: [64, 64] }))

  expect(one).toBeGreaterThan(64 * 64)
  expect(diskBytes(recipe({ width_height: [128, 64], n_batches: 3 }))).toBeCloseTo(6 * one, -2)
  expect(diskBytes(recipe({ width_height: [64, 64], intermediate_saves: [5, 10] }))).toBeCloseTo(3 * one, -2)
})

describe('the memory forecast', () => {
  it('follows size, cuts, the way of the gradient, and pictures stepped together', () => {
    const bytes = (patch: RecipePatch, pictures = 1) => memoryBytes(recipe(patch), smallPack, { pictures })
    const plain = bytes({})

    for (const more of [
      bytes({ width_height: [128, 128] }),
      bytes({ cut_overview: '[40]*1000' }),
      bytes({ use_secondary_model: false }),
      bytes({}, 4),
    ])
      expect(more).toBeGreaterThan(plain)
  })

  it('counts LPIPS where a start picture is held on to', () => {
    const lpips = { weights: 1e6, alive: [1000, 0], work: [50_000, 0] } as const
    const pack = { ...smallPack, costs: { ...smallPack.costs, lpips } }
    const bytes = (patch: RecipePatch) => memoryBytes(recipe(patch), pack)

    expect(bytes({ init_scale: 1000 })).toBe(bytes({}))
    expect(bytes({ perlin_init: true, init_scale: 0 })).toBe(bytes({}))
    expect(bytes({ perlin_init: true, init_scale: 1000 })).toBeGreaterThan(bytes({}) + 1e7)
  })

  it('finds the first rung that fits, and says when none does', () => {
    const whole = memoryBytes(hungry, smallPack)
    const inParts = memoryBytes(hungry, smallPack, { rung: 2 })

    expect(rungThatFits(hungry, smallPack, { memory: whole, pictures: 1 })).toEqual({ rung: 0, fits: true })
    expect(rungThatFits(hungry, smallPack, { memory: inParts, pictures: 1 })).toEqual({ rung: 2, fits: true })
    expect(rungThatFits(hungry, smallPack, { memory: 1e6, pictures: 1 })).toMatchObject({ fits: false })
  })

  it('takes the device that suits best', () => {
    const device = (memory: number | null) => ({ memory, batch: 1 })

    expect(fitOn([device(1e6), device(100e9)], hungry, smallPack)).toBe('whole')
    expect(fitOn([device(1e6), device(null)], hungry, smallPack)).toBe('whole')
    expect(fitOn([device(1e6)], hungry, smallPack)).toBe('no')
    expect(fitOn([], hungry, smallPack)).toBeNull()
  })
})

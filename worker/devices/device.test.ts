import { expect, test } from 'vitest'
import { completeRecipe, noCosts, type PackInfo, type RecipePatch } from '#study'
import { createLog } from '../log.ts'
import { Device } from './device.ts'

const pack = {
  hash: 'p',
  nativeSize: [64, 64],
  defaults: {},
  clip: [],
  parameterCount: 1e6,
  costs: noCosts,
} as unknown as PackInfo
const recipe = (patch: RecipePatch) =>
  completeRecipe({ cut_overview: '[12]*1000', cut_innercut: '[4]*1000', ...patch }, pack)
const log = createLog({ level: 'error' })
const small = recipe({ width_height: [64, 64], use_secondary_model: true })
const large = recipe({ width_height: [128, 64], use_secondary_model: false, use_checkpoint: false })

test('what was found to fit is remembered by pack and size', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log })
  device.noteRung(small, pack, 1)

  expect([device.rungFor(small, pack), device.rungFor(large, pack)]).toEqual([1, 0])
})

test('memory is spared rung by rung, as far as that spares anything', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log })

  expect([1, 2, 3].map(() => device.spareMemory(small, pack))).toEqual([true, true, false])
  expect([1, 2, 3, 4].map(() => device.spareMemory(large, pack))).toEqual([true, true, true, false])
  expect([device.rungFor(small, pack), device.rungFor(large, pack)]).toEqual([2, 3])
})

test('a device too small for the whole begins where the forecast fits', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log, memory: 1e6 })

  expect(device.rungFor(large, pack)).toBe(3)
})

test('the batch is halved down to one', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log, batch: 5 })
  const sizes = [1, 2, 3].map(() => {
    device.halveBatch()

    return device.batch
  })

  expect(sizes).toEqual([2, 1, 1])
})

test('what people allow it holds at once, and what fitted before is found anew', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log, memory: 1e12, batch: 4 })
  device.noteRung(small, pack, 1)
  device.obey({ aside: null, memoryLimit: 1e6, batchLimit: 2 })
  expect([device.batch, device.rungFor(small, pack), device.rungFor(large, pack)]).toEqual([2, 5, 5])

  device.obey({ aside: null, memoryLimit: null, batchLimit: null })
  expect([device.batch, device.rungFor(small, pack), device.rungFor(large, pack)]).toEqual([4, 0, 0])
})

test('brought back, it begins without its old troubles', () => {
  const device = new Device({ id: 'a', kind: 'cpu', threads: 1, log })
  for (const key of ['x', 'y', 'z']) device.troubles.note(key, 'killed')
  device.obey({ aside: 'three in a row', memoryLimit: null, batchLimit: null })
  expect(device.aside).toBe('three in a row')
  device.obey({ aside: null, memoryLimit: null, batchLimit: null })
  expect([device.aside, device.troubles.keys]).toEqual([null, []])
})

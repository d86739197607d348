import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeDeviceId } from './device-id.ts'

const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'teststrip-device-'))
/** Larger than any process id. */
const nobody = 2 ** 30

test('a restarted worker has the name of the one before, so its claims can be taken back', async () => {
  const data = freshFolder()
  expect(await takeDeviceId({ host: 'lab', kind: 'cpu', data })).toBe('lab/cpu')
  writeFileSync(join(data, 'devices', 'cpu.pid'), String(nobody))
  expect(await takeDeviceId({ host: 'lab', kind: 'cpu', data })).toBe('lab/cpu')
})

test('a second worker beside a living one gets a name of its own', async () => {
  const data = freshFolder()
  expect(await takeDeviceId({ host: 'lab', kind: 'cpu', data })).toBe('lab/cpu')
  expect(await takeDeviceId({ host: 'lab', kind: 'cpu', data })).toBe('lab/cpu-2')
})

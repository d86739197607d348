import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, expect, test } from 'vitest'
import { openDevices } from './open-devices.ts'

const told: { device: string; reason: string }[] = []
const log = pino(
  { level: 'error' },
  { write: (line: string) => void told.push(JSON.parse(line) as { device: string; reason: string }) },
)
const options = () => ({
  host: 'lab',
  data: mkdtempSync(join(tmpdir(), 'teststrip-open-')),
  batch: 1,
  log,
})

/** No Vulkan driver, whatever this machine has. */
process.env.VK_DRIVER_FILES = '/nowhere.json'
afterEach(() => {
  told.length = 0
})

test.skipIf(process.platform !== 'linux')(
  'a device that cannot prove itself is left out with the reason, the others render',
  async () => {
    const devices = await openDevices({ ...options(), devices: ['webgpu', 'cpu'] })
    expect(devices.map(({ id }) => id)).toEqual(['lab/cpu'])
    expect(told).toMatchObject([{ device: 'lab/webgpu', reason: expect.stringMatching(/no GPU was found/) }])
  },
)

test.skipIf(process.platform !== 'linux')('with none left the worker says so', async () => {
  await expect(openDevices({ ...options(), devices: ['cuda:7'] })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('cuda:7'),
  })
  expect(told).toMatchObject([{ reason: expect.stringMatching(/teststrip doctor/) }])
})

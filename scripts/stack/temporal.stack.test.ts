import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connectMotor } from '#workflows'
import { root } from './settings.ts'
import { startTemporal, type Temporal } from './temporal.ts'

const newFolder = (): string => {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-temporal-'))
  for (const name of ['run', 'logs']) mkdirSync(join(data, name))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))

  return data
}

const start = async (data: string): Promise<Temporal> => {
  const temporal = await startTemporal({ data, tools: join(root, 'var', 'tools'), say: console.log })
  onTestFinished(() => temporal.service.stop())

  return temporal
}

const isHealthy = async (at: { address: string; namespace: string }): Promise<boolean> => {
  const motor = await connectMotor(at)
  try {
    return await motor.healthy()
  } finally {
    await motor.close()
  }
}

test("another installation's server is not taken for ours, though it answers at our address", async () => {
  const data = newFolder()
  const ours = await start(data)
  expect(await isHealthy(ours)).toBe(true)
  await ours.service.stop()

  const strange = await start(newFolder())
  expect(await isHealthy({ address: strange.address, namespace: ours.namespace })).toBe(false)
  const again = await start(data)
  expect(again.namespace).toBe(ours.namespace)
  expect(await isHealthy(again)).toBe(true)
})

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askPackCheck, type Ledger, packStandings, registerPacks } from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { smallPack } from '#study/testing'
import { checkOnePack } from './check-packs.ts'
import { createLog } from './log.ts'

const folder = mkdtempSync(join(tmpdir(), 'teststrip-pack-'))
const weights = Buffer.from('weights')
writeFileSync(join(folder, 'unet.safetensors'), weights)
const info = {
  ...smallPack,
  contents: {
    licence: 'MIT',
    folder,
    files: [
      {
        ...{ role: 'denoiser', file: 'unet.safetensors', bytes: weights.length, parameters: 1 },
        sha256: createHash('sha256').update(weights).digest('hex'),
      },
    ],
  },
}

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

const check = () =>
  checkOnePack({
    ...{ ledger, host: 'here', packs: new Map([[info.name, { folder, info }]]) },
    ...{ log: createLog({ level: 'silent' }), signal: new AbortController().signal },
  })

it('files are hashed when somebody asks, by a worker that holds them, and what changed is named', async () => {
  await registerPacks(ledger, [info])
  expect(await check()).toBe(false)
  expect((await packStandings(ledger))[0]).toMatchObject({
    problem: null,
    asked: false,
    checkedAt: expect.any(Date),
  })

  await askPackCheck(ledger, info.name)
  await askPackCheck(ledger, info.name)
  expect((await packStandings(ledger))[0]).toMatchObject({ asked: true, taken: false })
  expect(await check()).toBe(true)
  expect((await packStandings(ledger))[0]).toMatchObject({
    ...{ asked: false, taken: false, host: 'here', problem: null },
    readBytes: weights.length,
  })

  writeFileSync(join(folder, 'unet.safetensors'), 'weight!')
  await askPackCheck(ledger, info.name)
  expect([await check(), await check()]).toEqual([true, false])
  expect((await packStandings(ledger))[0]!.problem).toMatch(/^unet.safetensors holds other bytes than when/)

  rmSync(join(folder, 'unet.safetensors'))
  await askPackCheck(ledger, info.name)
  await check()
  expect((await packStandings(ledger))[0]!.problem).toMatch(/^unet.safetensors cannot be read/)
  await expect(askPackCheck(ledger, 'nothing')).rejects.toMatchObject({ code: 'not_found' })
})

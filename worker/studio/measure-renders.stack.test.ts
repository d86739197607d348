import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBlobs } from '#blobs'
import { measurePixels } from '#charts'
import {
  claimRenders,
  createStudy,
  enqueueCells,
  finishRender,
  type Ledger,
  listCells,
  setStudyStatus,
} from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { smallPack as pack } from '#study/testing'
import { createLog } from '../log.ts'
import { measureRenders } from './measure-renders.ts'

const folder = mkdtempSync(join(tmpdir(), 'teststrip-measure-'))
const blobs = openBlobs(folder)
const log = createLog({ level: 'silent' })
let ledger: Ledger

beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

const raw = { width: 8, height: 6, channels: 3 } as const
const pixels = Uint8Array.from({ length: 8 * 6 * 3 }, (_, k) => (k * k * 31) % 256)

it('renders made before there were measures get theirs, once, and their cells are told', async () => {
  const file: StudyFile = { teststrip: 1, title: 'Old', pack: pack.name, recipe: {}, axes: ['seed 1, 2'] }
  const { id } = await createStudy(ledger, { file })
  const { plan } = makePlan(file, pack)
  await enqueueCells(ledger, { studyId: id, pack, base: plan!.base, cells: expandPlan(plan!) })
  await setStudyStatus(ledger, id, 'running')
  const claim = 'c:1'
  const png = await sharp(pixels, { raw }).png().toBuffer()
  const images = [await blobs.put(png, 'image/png'), '0'.repeat(64)]
  const claimed = { studyId: id, claim, device: 'here/cpu', packHash: pack.hash, limit: 2 }
  for (const [k, { key }] of (await claimRenders(ledger, claimed)).entries())
    await finishRender(ledger, {
      ...{ key, claim, image: images[k]!, bytes: png.length, width: 8, height: 6, seconds: 1 },
      metrics: { clipSimilarity: 0.25, luminance: 0.1 },
      timings: { secondsPerStep: 1, secondsFixed: 0, perCutSeconds: 0 },
    })
  const before = await listCells(ledger, id)

  // Of the two one picture is gone from the store: it is passed over, not in the way.
  expect(await measureRenders({ ledger, blobs, log })).toBe(1)
  expect(await measureRenders({ ledger, blobs, log })).toBe(0)

  const changed = await listCells(ledger, id, { afterVersion: before.version })
  expect(changed.cells.map(({ status, metrics }) => ({ status, metrics }))).toEqual([
    {
      status: 'done',
      metrics: { clipSimilarity: 0.25, ...measurePixels({ rgb: pixels, width: 8, height: 6 }) },
    },
  ])
})

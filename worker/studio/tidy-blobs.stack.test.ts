import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BlobStore, openBlobs } from '#blobs'
import {
  claimRenders,
  createStudy,
  deleteStudy,
  enqueueCells,
  finishRender,
  type Ledger,
  saveCheckpoint,
  setStudyStatus,
  settleStudy,
} from '#prisma'
import { createTestLedger, emptyLedger } from '#prisma/testing'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { barePack as pack } from '#study/testing'
import { describeInS3 } from '../../scripts/testing/describe-in-s3.ts'
import { keptDays, tidyBlobs, tidyCheckpoints } from './tidy-blobs.ts'

const later = (hours: number): Date => new Date(Date.now() + hours * 3_600_000)

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

/** The same life in either store: a study begins, saves checkpoints, is finished and deleted, and is forgotten. */
const tidies = (open: () => BlobStore) => async () => {
  const blobs = open()
  const put = (text: string) => blobs.put(Buffer.from(text), 'application/octet-stream')
  const kept = (shas: string[]) => Promise.all(shas.map((sha) => blobs.has(sha)))
  await emptyLedger(ledger)

  const file: StudyFile = {
    teststrip: 1,
    title: 'Tidy',
    pack: 'starter',
    recipe: {},
    axes: [`seed ${Math.floor(Math.random() * 1e6)}`],
  }
  const { id } = await createStudy(ledger, { file })
  const { plan } = makePlan(file, pack)
  const [cell] = expandPlan(plan!)
  const { key } = cell!
  await enqueueCells(ledger, { studyId: id, pack, base: plan!.base, cells: [cell!] })
  await setStudyStatus(ledger, id, 'running')
  const claim = 'c:1'
  await claimRenders(ledger, { studyId: id, claim, device: 'here/cpu', packHash: pack.hash, limit: 1 })
  const [first, second] = [await put(`first ${key}`), await put(`second ${key}`)]
  for (const [step, blob] of [first, second].entries())
    await saveCheckpoint(ledger, { key, claim, step: step + 1, blob, bytes: 10 })
  const stray = await put(`stray ${key}`)

  // Young: nothing goes. Two hours later the replaced checkpoint does, the one that is gone on from does not.
  expect(await tidyCheckpoints({ ledger, blobs })).toBe(0)
  expect(await tidyCheckpoints({ ledger, blobs, now: later(2) })).toBe(1)
  expect(await kept([first, second, stray])).toEqual([false, true, true])

  const image = await blobs.put(Buffer.from(`picture ${key}`), 'image/png')
  await finishRender(ledger, {
    ...{ key, claim, image, bytes: 10, width: 64, height: 64, metrics: {}, seconds: 1 },
    timings: { secondsPerStep: 1, secondsFixed: 0, perCutSeconds: 0 },
  })
  expect(await settleStudy(ledger, id)).toBe('finished')
  expect(await tidyCheckpoints({ ledger, blobs, now: later(2) })).toBe(1)
  expect(await tidyBlobs({ ledger, blobs })).toMatchObject({ renders: 0, blobs: 0 })
  expect(await tidyBlobs({ ledger, blobs, now: later(25) })).toMatchObject({ renders: 0, blobs: 1 })
  expect(await kept([first, second, stray, image])).toEqual([false, false, false, true])

  await deleteStudy(ledger, id)
  expect(await tidyBlobs({ ledger, blobs, now: later(25) })).toMatchObject({ renders: 0, blobs: 0 })
  const touched = `now() - interval '${keptDays + 1} days'`
  await ledger.pool.query(
    `update "Render" set "createdAt" = ${touched}, "claimedAt" = ${touched}, "finishedAt" = ${touched}`,
  )
  expect(await tidyBlobs({ ledger, blobs, now: later(25) })).toMatchObject({ renders: 1, blobs: 1 })
  expect(await kept([image])).toEqual([false])
  expect((await ledger.pool.query('select from "Blob"')).rowCount).toBe(0)
}

describe('what is kept only for a while', () => {
  const folder = mkdtempSync(join(tmpdir(), 'teststrip-tidy-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it(
    'goes in its time from a folder',
    tidies(() => openBlobs(folder)),
  )
})

describeInS3('the same in S3', () => {
  it(
    'goes in its time from a bucket',
    tidies(() => openBlobs(`s3://pictures/${randomUUID()}?path-style=true`)),
  )
})

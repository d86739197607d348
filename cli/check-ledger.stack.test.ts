import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BlobStore, openBlobs } from '#blobs'
import {
  checkLedger,
  claimRenders,
  createStudy,
  enqueueCells,
  failRender,
  finishEnqueue,
  finishRender,
  heartbeatDevice,
  type Ledger,
  reportProgress,
  saveCheckpoint,
  savePartial,
  setStudyStatus,
} from '#prisma'
import { createTestLedger } from '#prisma/testing'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { smallPack as pack } from '#study/testing'
import { checkBlobs } from './check-blobs.ts'

const folder = mkdtempSync(join(tmpdir(), 'teststrip-check-'))
const blobs: BlobStore = openBlobs(folder)
let ledger: Ledger

/** A study with a render in every state, and all that hangs on them. */
beforeAll(async () => {
  ledger = await createTestLedger()
  const file: StudyFile = {
    teststrip: 1,
    title: 'Sound',
    pack: pack.name,
    recipe: {},
    axes: ['seeds 6 from 1'],
  }
  const { id } = await createStudy(ledger, { file })
  const { plan } = makePlan(file, pack)
  await enqueueCells(ledger, { studyId: id, pack, base: plan!.base, cells: expandPlan(plan!) })
  await finishEnqueue(ledger, { studyId: id, size: 6 })
  await setStudyStatus(ledger, id, 'running')
  const device = { id: 'here/cpu', host: 'here', kind: 'cpu', memory: null, packs: [pack.name], speed: null }
  await heartbeatDevice(ledger, { ...device, session: 's' })
  const claim = 'c:1'
  const claimed = await claimRenders(ledger, {
    ...{ studyId: id, claim, device: device.id, packHash: pack.hash, limit: 4 },
  })
  const put = (text: string, type = 'image/png') => blobs.put(Buffer.from(text), type)
  for (const { key } of claimed) {
    const bytes = { key, claim, bytes: 10 }
    await savePartial(ledger, { ...bytes, step: 3, image: await put(`partial ${key}`), width: 8, height: 8 })
    await saveCheckpoint(ledger, {
      ...bytes,
      step: 4,
      blob: await put(`latent ${key}`, 'application/octet-stream'),
    })
    await reportProgress(ledger, { key, claim, step: 5, of: 25 })
  }
  const [first, second, third] = claimed
  for (const { key } of [first!, second!])
    await finishRender(ledger, {
      ...{
        key,
        claim,
        image: await put(`picture ${key}`),
        bytes: 10,
        width: 8,
        height: 8,
        metrics: {},
        seconds: 1,
      },
      timings: { secondsPerStep: 1, secondsFixed: 0, perCutSeconds: 0 },
    })
  await failRender(ledger, { key: third!.key, claim, error: 'It was too dark.' })
})
afterAll(async () => {
  await ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

const broken = (verdicts: { name: string; ok: boolean }[]): string[] =>
  verdicts.filter(({ ok }) => !ok).map(({ name }) => name)

it('finds a sound ledger sound', async () => {
  expect(broken([...(await checkLedger(ledger)), ...(await checkBlobs({ ledger, blobs }))])).toEqual([])
})

const first = `(select min(key) from "Render" where status = 'done')`
const breaks: Record<string, string> = {
  'cells-have-studies': `update "Cell" set "studyId" = gen_random_uuid() where seq = 5`,
  'cells-have-renders': `update "Cell" set "renderKey" = 'gone' where status = 'done' and "renderKey" = ${first}`,
  'cells-follow-renders': `update "Cell" set status = 'failed' where "renderKey" = ${first}`,
  'keys-are-unique': `alter table "Render" drop constraint "Render_pkey";
    insert into "Render" (key, "baseHash", patch, pack, "packHash", image, status, width, height)
    select key, "baseHash", patch, pack, "packHash", image, status, width, height from "Render" where key = ${first}`,
  'places-are-unique': `delete from "Cell" where seq = 3`,
  'versions-are-reached': `update "Study" set version = 2`,
  'editions-are-reached': `update "Study" set expanded = 7`,
  'finished-is-finished': `update "Study" set status = 'finished', "finishedAt" = now()`,
  'claims-are-held': `update "Device" set "lastSeen" = now() - interval '2 minutes';
    update "Render" set "claimedAt" = now() - interval '2 minutes' where status = 'rendering'`,
  'claims-are-for-rendering': `alter table "Render" drop constraint "Render_claim_check";
    update "Render" set claim = 'c:1' where key = ${first}`,
  'done-has-a-picture': `update "Render" set width = null where key = ${first}`,
  'failed-has-a-reason': `update "Render" set error = null where status = 'failed'`,
  'renders-have-bases': `delete from "BaseRecipe"`,
  'takes-have-renders': `insert into "Take" select id, ${first}, 'gone' from "Study"`,
  'distances-have-references': `insert into "Distance" select id, ${first}, 0.5 from "Study"`,
  'previews-are-live': `insert into "Preview" ("renderKey", claim, step, "of") values (${first}, 'c:1', 1, 2)`,
  'studies-have-beginnings': `delete from "Event"`,
  'ends-are-told': `update "Study" set "startedAt" = null`,
  'blobs-are-booked': `delete from "Blob" where sha = (select image from "Render" where key = ${first})`,
}

it('knows every invariant by a way to break it', async () => {
  expect((await checkLedger(ledger)).map(({ name }) => name).sort()).toEqual(Object.keys(breaks).sort())
})

it.each(Object.entries(breaks))('names %s when it is broken, and nothing else', async (name, sql) => {
  // On one connection, in a transaction that is rolled back: the check sees what nobody else does.
  const client = new Client({ connectionString: ledger.url })
  await client.connect()
  await client.query('begin')
  await client.query(sql)
  const inside = {
    ...ledger,
    pool: {
      connect: async () => ({
        query: (text: string) => (/^(begin|commit)/.test(text) ? undefined : client.query(text)),
        release: () => undefined,
      }),
    },
  } as unknown as Ledger

  expect(broken(await checkLedger(inside))).toEqual([name])
  await client.query('rollback')
  await client.end()
})

it('names what is missing in the store, and what is not what its name says', async () => {
  const { rows } = await ledger.pool.query<{ image: string }>(
    `select image from "Render" where image is not null order by image`,
  )
  const [gone, changed] = rows.map((row) => row.image) as [string, string]
  await blobs.delete(gone)
  writeFileSync(join(folder, changed.slice(0, 2), changed.slice(2, 4), changed), 'other bytes')

  const [stored, whole] = await checkBlobs({ ledger, blobs })
  expect(stored).toMatchObject({ name: 'blobs-are-stored', ok: false, count: 1 })
  expect(stored!.such[0]).toMatch(new RegExp(`^picture of render .*: ${gone}$`))
  expect(whole).toMatchObject({ name: 'blobs-are-whole', ok: false, count: 1 })
  expect(whole!.such[0]).toContain(changed)
})

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BlobReader,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
  ZipWriter,
} from '@zip.js/zip.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BlobStore, openBlobs } from '#blobs'
import {
  claimRenders,
  createStudy,
  enqueueCells,
  finishRender,
  getCell,
  getStudy,
  type Ledger,
  listCells,
  listEvents,
  listSheets,
  markCells,
  putSheet,
  recordBlob,
  referencedBlobs,
  savePartial,
  setStudyStatus,
  settleStudy,
} from '#prisma'
import { createTestLedger, emptyLedger } from '#prisma/testing'
import { expandPlan, makePlan, type StudyFile } from '#study'
import { barePack as pack } from '#study/testing'
import { describeInS3 } from '../scripts/testing/describe-in-s3.ts'
import { importArchive } from './import-archive.ts'
import { openArchive } from './read-archive.ts'
import { writeArchive } from './write-archive.ts'

const sha = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** An installation of its own: a ledger and a folder of pictures. */
interface Place {
  ledger: Ledger
  blobs: BlobStore
}
const folder = mkdtempSync(join(tmpdir(), 'teststrip-archive-'))
const place = async (name: string): Promise<Place> => ({
  ledger: await createTestLedger(),
  blobs: openBlobs(join(folder, name)),
})
let here: Place
let there: Place
beforeAll(async () => {
  here = await place('here')
  there = await place('there')
})
afterAll(async () => {
  await Promise.all([here.ledger.close(), there.ledger.close()])
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  for (const { ledger } of [here, there]) await emptyLedger(ledger)
})

const initImage = Buffer.from('a picture that was handed in')
const fileOf = (axes: string[]): StudyFile => ({
  teststrip: 1,
  title: 'Sea & “sky” 海',
  notes: 'kept',
  pack: 'starter',
  recipe: {
    text_prompts: { '0': ['a lighthouse', 'the sea:0.5'] },
    init_image: `sha256:${sha(initImage)}`,
    skip_steps: 5,
  },
  axes,
  skip: ['eta > 0.8 and seed == 2'],
})
const cellsOf = (file: StudyFile) => {
  const { plan, problems } = makePlan(file, pack)
  expect(problems).toEqual([])

  return { pack, base: plan!.base, cells: [...expandPlan(plan!)] }
}

/** A running study whose first `count` renders are finished, each with a thumbnail and an intermediate picture. */
const study = async ({ ledger, blobs }: Place, count = Number.POSITIVE_INFINITY): Promise<string> => {
  const file = fileOf(['eta 0, 0.5, 1', 'seed 1, 2'])
  const { id } = await createStudy(ledger, { file })
  await blobs.put(initImage, 'image/png')
  await recordBlob(ledger, { sha: sha(initImage), bytes: initImage.length, mediaType: 'image/png' })
  await enqueueCells(ledger, { studyId: id, ...cellsOf(file) })
  await setStudyStatus(ledger, id, 'running')
  const claim = {
    studyId: id,
    claim: 'c:1',
    device: 'here/cpu',
    packHash: pack.hash,
    limit: Math.min(count, 99),
  }
  for (const { key } of await claimRenders(ledger, claim)) {
    const picture = Buffer.from(`picture of ${key}`)
    const [image, thumb, partial] = await Promise.all(
      ['', 'thumb ', 'partial '].map((what) => blobs.put(Buffer.from(what + picture), 'image/png')),
    )
    const size = { width: 64, height: 64 }
    await savePartial(ledger, { key, claim: 'c:1', step: 5, image: partial!, bytes: picture.length, ...size })
    await finishRender(ledger, {
      ...{ key, claim: 'c:1', image: image!, bytes: picture.length, ...size, thumbs: { 96: thumb! } },
      ...{ metrics: { clipSimilarity: 0.25 }, seconds: 2 },
      timings: { secondsPerStep: 0.05, secondsFixed: 0.2, perCutSeconds: 0.001 },
    })
  }
  await settleStudy(ledger, id)

  return id
}

const out = join(folder, 'study.zip')
const exportTo = (from: Place, id: string) => writeArchive({ ...from, id, out })
const importInto = (to: Place, options: { copy?: boolean } = {}) =>
  importArchive({ ...to, path: out, ...options })
/** All a reader sees of a study but for versions, which are each ledger's own. */
const seen = async ({ ledger }: Place, id: string) => {
  const { cells } = await listCells(ledger, id)
  const details = await Promise.all(cells.map(({ seq }) => getCell(ledger, id, seq)))
  const sheets = await listSheets(ledger, id)

  return {
    cells: details.map((cell) => ({ ...cell, version: '', claimedAt: null })).sort((a, b) => a.seq! - b.seq!),
    sheets: sheets.map(({ title, view, createdAt }) => ({ title, view, createdAt })),
  }
}
const everyBlob = async (blobs: BlobStore): Promise<string[]> => {
  const shas: string[] = []
  for await (const blob of blobs.list()) shas.push(blob.sha)

  return shas.sort()
}

it('a study comes whole into another ledger, and nothing is to be rendered there', async () => {
  const id = await study(here)
  await markCells(here.ledger, id, [0], { rating: 4, mark: 'star', note: 'the “best”\none' })
  await putSheet(here.ledger, { studyId: id, title: 'Wide', view: { columns: [1], rows: [0] }, shared: true })

  expect(await exportTo(here, id)).toEqual({ title: 'Sea & “sky” 海', cells: 6, missing: 0, pictures: 16 })
  expect(await importInto(there)).toMatchObject({ id, status: 'finished', cells: 6, pictures: 5, known: 0 })

  const before = await getStudy(here.ledger, id)
  expect(await getStudy(there.ledger, id)).toEqual({
    ...before,
    version: expect.any(String),
    updatedAt: expect.any(Date),
  })
  expect(await seen(there, id)).toEqual(await seen(here, id))
  expect((await getCell(there.ledger, id, 0))!.note).toBe('the “best”\none')
  expect((await listEvents(there.ledger, id)).map(({ kind }) => kind)).toEqual([
    'imported',
    ...(await listEvents(here.ledger, id)).map(({ kind }) => kind),
  ])
  expect(await everyBlob(there.blobs)).toEqual(await everyBlob(here.blobs))
  const shas = await everyBlob(there.blobs)
  expect((await referencedBlobs(there.ledger, shas)).size).toBe(shas.length)

  // Asked for there, the same pictures are found.
  const again = await createStudy(there.ledger, { file: fileOf(['eta 0, 0.5, 1', 'seed 1, 2']) })
  const { inserted, reused } = await enqueueCells(there.ledger, {
    studyId: again.id,
    ...cellsOf(again.file),
  })
  expect({ inserted, reused }).toEqual({ inserted: 6, reused: 5 })
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
})

it('an unfinished study brings what there is, and goes on when it is started', async () => {
  const id = await study(here, 2)
  expect(await exportTo(here, id)).toMatchObject({ cells: 3, missing: 3 })
  expect(await importInto(there)).toMatchObject({ id, status: 'cancelled', cells: 3, pictures: 2 })

  const { file } = (await getStudy(there.ledger, id))!
  const written = await enqueueCells(there.ledger, { studyId: id, ...cellsOf(file) })
  expect(written).toEqual({ inserted: 3, reused: 0 })
  const statuses = (await listCells(there.ledger, id)).cells.map((cell) => cell.status).sort()
  expect(statuses).toEqual(['done', 'done', 'excluded', 'queued', 'queued', 'queued'])
})

it('pictures that are queued there are finished by it; those already made, or being made, stay as they are', async () => {
  const id = await study(here)
  await exportTo(here, id)
  const waiting = await study(there, 1)
  const [rendering] = await claimRenders(there.ledger, {
    ...{ studyId: waiting, claim: 'c:2', device: 'there/cpu', packHash: pack.hash, limit: 1 },
  })
  await there.ledger.pool.query(`update "Render" set device = 'kept' where status = 'done'`)
  const { version } = await listCells(there.ledger, waiting)

  expect(await importInto(there)).toMatchObject({ status: 'cancelled', pictures: 5, known: 2 })

  const changed = await listCells(there.ledger, waiting, { afterVersion: version })
  const moved = changed.cells.filter((cell) => cell.renderKey !== rendering!.key)
  expect(moved.map((cell) => cell.status)).toEqual(['done', 'done', 'done'])
  const cells = (await listCells(there.ledger, id)).cells
  expect(cells.find((cell) => cell.renderKey === rendering!.key)).toMatchObject({ status: 'rendering' })
  expect(cells.filter((cell) => cell.device === 'kept')).toHaveLength(1)
})

it('a study that is there already is refused, or taken beside it as a copy', async () => {
  const id = await study(here)
  await markCells(here.ledger, id, [0], { rating: 3 })
  await exportTo(here, id)
  await expect(importInto(here)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(id),
  })

  const copy = await importInto(here, { copy: true })
  expect(copy.id).not.toBe(id)
  expect(copy).toMatchObject({ status: 'finished', known: 5 })
  expect((await getCell(here.ledger, copy.id, 0))!.rating).toBe(3)
})

it('a draft, and a study without axes, travel too', async () => {
  const { id } = await createStudy(here.ledger, { file: { ...fileOf([]), recipe: {}, skip: [] } })
  expect(await exportTo(here, id)).toMatchObject({ cells: 0, pictures: 0 })
  expect(await importInto(there)).toMatchObject({ id, status: 'draft', cells: 0 })
})

it('no file is left when a picture is missing or there is no such study', async () => {
  const id = await study(here)
  const target = join(folder, 'none.zip')
  await here.blobs.delete(sha(initImage))
  await expect(writeArchive({ ...here, id, out: target })).rejects.toThrow(
    new RegExp(`picture ${sha(initImage)} of this study is missing`),
  )
  await expect(
    writeArchive({ ...here, id: '01890000-0000-7000-8000-000000000000', out: target }),
  ).rejects.toMatchObject({ code: 'not_found' })
  expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([])
})

describe('an archive made to do harm is refused, and nothing of it is taken', () => {
  type Entries = Map<string, Uint8Array>
  const text = (entries: Entries, name: string) => Buffer.from(entries.get(name)!).toString()
  const edit = (name: string, change: (text: string) => string) => (entries: Entries) =>
    void entries.set(name, Buffer.from(change(text(entries, name))))
  const editLines = (name: string, change: (lines: Record<string, unknown>[]) => unknown[]) =>
    edit(name, (all) =>
      change(
        all
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      )
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(''),
    )
  const aPicture = (entries: Entries) => [...entries.keys()].find((name) => name.startsWith('pictures/'))!

  const original: Entries = new Map()
  beforeAll(async () => {
    await exportTo(here, await study(here))
    const reader = new ZipReader(new BlobReader(new Blob([await readFile(out)])))
    for (const entry of await reader.getEntries())
      if (!entry.directory) original.set(entry.filename, await entry.getData(new Uint8ArrayWriter()))
  })

  /** The archive of a study, taken apart, changed, and put together again. */
  const changed = async (change: (entries: Entries) => void): Promise<void> => {
    const entries = new Map(original)
    change(entries)
    const writer = new ZipWriter(new Uint8ArrayWriter())
    for (const [name, bytes] of entries) await writer.add(name, new Uint8ArrayReader(bytes))
    await writeFile(out, await writer.close())
  }
  const refusal = async (): Promise<string> => {
    const reason = await importInto(there).then(
      () => new Error('it was taken'),
      (error: Error) => error,
    )
    expect(reason).toMatchObject({ code: 'invalid_input' })
    const { rows } = await there.ledger.pool.query(
      'select (select count(*) from "Study") + (select count(*) from "Render") + (select count(*) from "Blob") as rows',
    )
    expect(rows[0].rows).toBe('0')

    return reason.message
  }

  const cases: [what: string, change: (entries: Entries) => void, why: RegExp][] = [
    [
      'a path out of the folder',
      (e) => void e.set('../../etc/cron.d/x', Buffer.from('x')),
      /Unsafe filename/,
    ],
    ['a stranger', (e) => void e.set('pictures/readme.txt', Buffer.from('x')), /does not belong there/],
    ['no manifest', (e) => void e.delete('manifest.json'), /has no manifest.json/],
    ['no cells', (e) => void e.delete('cells.ndjson'), /has no cells.ndjson/],
    [
      'another version',
      edit('manifest.json', (t) => t.replace('"teststripArchive": 1', '"teststripArchive": 2')),
      /manifest.json: teststripArchive/,
    ],
    ['no JSON', edit('manifest.json', (t) => t.slice(1)), /not readable at manifest.json/],
    [
      'other bytes in a picture',
      (e) => void e.set(aPicture(e), Buffer.from('another')),
      /holds other bytes than its name says/,
    ],
    ['a picture less', (e) => void e.delete(aPicture(e)), /lacks the picture/],
    [
      'a picture more',
      (e) => void e.set(`pictures/${sha('x')}.png`, Buffer.from('x')),
      /which nothing in it names/,
    ],
    [
      'another recipe under a key',
      editLines('renders.ndjson', ([first, ...rest]) => [
        { ...first, patch: { ...(first!.patch as object), eta: 0.77 } },
        ...rest,
      ]),
      /that its recipe does not have/,
    ],
    ['a render twice', editLines('renders.ndjson', (lines) => [lines[0], ...lines]), /renders in order/],
    [
      'a cell without its render',
      editLines('renders.ndjson', ([, ...rest]) => rest),
      /lacks the render of cell|which nothing in it names/,
    ],
    ['a cell twice', editLines('cells.ndjson', (lines) => [lines[0], ...lines]), /cells in order/],
    [
      'a negative place',
      editLines('cells.ndjson', ([first, ...rest]) => [{ ...first, seq: -1 }, ...rest]),
      /cells.ndjson, line 1: seq/,
    ],
    [
      'unknown keys',
      editLines('cells.ndjson', ([first, ...rest]) => [{ ...first, more: 1 }, ...rest]),
      /cells.ndjson, line 1.*more/,
    ],
    [
      'a hash that is a path',
      editLines('renders.ndjson', ([first, ...rest]) => [{ ...first, image: '../../x' }, ...rest]),
      /renders.ndjson, line 1: image is no SHA-256/,
    ],
    [
      'a picture of another type',
      editLines('blobs.ndjson', ([first, ...rest]) => [{ ...first, mediaType: 'text/html' }, ...rest]),
      /blobs.ndjson, line 1: mediaType/,
    ],
    [
      'a NUL in a text',
      editLines('events.ndjson', ([first, ...rest]) => [{ ...first, actor: 'a\0b' }, ...rest]),
      /events.ndjson, line 1/,
    ],
    [
      'a line without end',
      (e) => void e.set('cells.ndjson', Buffer.alloc(9 * 2 ** 20, 'x')),
      /a line of more than 8388608 bytes/,
    ],
    ['a cut last line', edit('cells.ndjson', (t) => t.slice(0, -5)), /ends in the middle of a line/],
    [
      'a manifest that unpacks to 40 MB',
      (e) => void e.set('manifest.json', Buffer.alloc(40 * 2 ** 20, ' ')),
      /unpacks 'manifest.json' to more than/,
    ],
  ]
  it.each(cases)('%s', async (_, change, why) => {
    await changed(change)
    expect(await refusal()).toMatch(why)
  })

  it('a ZIP that lies about a size, is cut short, or is none', async () => {
    let length = 0
    const details = { text: 'x'.repeat(100_000) }
    await changed((entries) => {
      editLines('events.ndjson', ([first]) => [{ ...first, details }])(entries)
      length = entries.get('events.ndjson')!.length
    })
    const whole = await readFile(out)
    const lying = Buffer.from(whole)
    // Every place that announces how long it will be, the entry's own header and the directory's.
    for (let at = lying.indexOf(u32(length)); at >= 0; at = lying.indexOf(u32(length), at + 1))
      lying.writeUInt32LE(10, at)
    await writeFile(out, lying)
    expect(await refusal()).toMatch(/unpacks 'events.ndjson' to more than|is no sound ZIP file/)

    for (const bytes of [
      whole.subarray(0, whole.length - 30),
      whole.subarray(0, 5000),
      Buffer.from('no zip'),
      Buffer.alloc(0),
    ]) {
      await writeFile(out, bytes)
      expect(await refusal()).toMatch(/is no sound ZIP file/)
    }
    await writeFile(out, Buffer.concat([Buffer.from('#!/bin/sh\n'), whole]))
    expect(await refusal()).toMatch(/is no sound ZIP file/)
  })

  it('an entry twice, or one that is encrypted', async () => {
    const twice = new ZipWriter(new Uint8ArrayWriter())
    await twice.add('manifest.json', new TextReader('{}'))
    await twice.add('manifest.jsoo', new TextReader('{}'))
    const bytes = Buffer.from(await twice.close())
    for (let at = bytes.indexOf('manifest.jsoo'); at >= 0; at = bytes.indexOf('manifest.jsoo'))
      bytes.write('manifest.json', at)
    await writeFile(out, bytes)
    expect(await refusal()).toMatch(/is no sound ZIP file/)

    const locked = new ZipWriter(new Uint8ArrayWriter(), { password: 'x' })
    await locked.add('manifest.json', new TextReader('{}'))
    await writeFile(out, await locked.close())
    expect(await refusal()).toMatch(/folder or encrypted/)
  })

  const u32 = (value: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)

    return bytes
  }
})

it('on the command line: by the first characters of its id, and back', async () => {
  const id = await study(here)
  const teststrip = (to: Place, name: string, args: string[]) =>
    spawnSync(
      process.execPath,
      [join(import.meta.dirname, '..', 'cli', 'teststrip.mjs'), 'study', ...args, '--json'],
      {
        encoding: 'utf8',
        env: {
          ...process.env,
          DATABASE_URL: to.ledger.url,
          TESTSTRIP_BLOBS: join(folder, name),
          TESTSTRIP_DATA: folder,
        },
      },
    )
  const exported = teststrip(here, 'here', ['export', id.slice(0, 13), '--out', out])
  expect(exported.stderr).not.toMatch(/Warning/)
  expect(JSON.parse(exported.stdout)).toMatchObject({ file: out, cells: 6, pictures: 16 })
  expect(JSON.parse(teststrip(there, 'there', ['import', out]).stdout)).toMatchObject({
    id,
    status: 'finished',
  })
  expect(await seen(there, id)).toEqual(await seen(here, id))

  const again = teststrip(there, 'there', ['import', out])
  expect({ ...again, error: JSON.parse(again.stdout).error }).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/is in this ledger already.*--copy/),
    error: { code: 'conflict' },
  })
})

describeInS3('from a folder into S3', () => {
  it('a study comes whole into a ledger whose pictures are in S3', async () => {
    const id = await study(here)
    await exportTo(here, id)
    const away = { ...there, blobs: openBlobs('s3://pictures/fleet?path-style=true') }
    await importInto(away)

    expect(await seen(away, id)).toEqual(await seen(here, id))
    expect(await everyBlob(away.blobs)).toEqual(
      (
        await openArchive(out).then(async (archive) => {
          await archive.close()

          return [...archive.pictures]
        })
      ).sort(),
    )
    rmSync(out)
    await exportTo(away, id)
    expect(existsSync(out)).toBe(true)
  })
})

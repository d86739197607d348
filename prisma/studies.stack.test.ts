import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { createStudy } from './create-study.ts'
import { deleteStudy } from './delete-study.ts'
import { editStudy, updateDraft } from './edit-study.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { failRender } from './fail-render.ts'
import { forgetBlobs } from './forget-blobs.ts'
import { getCell } from './get-cell.ts'
import { getSheet, listSheets, sharedSheet } from './get-sheet.ts'
import { getStudy } from './get-study.ts'
import { heartbeatDevice } from './heartbeat-device.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { listDevices } from './list-devices.ts'
import { listPacks, packNamed } from './list-packs.ts'
import { listStudies } from './list-studies.ts'
import { markCells } from './mark-cells.ts'
import { measuredSpeeds } from './measured-speeds.ts'
import { putSheet } from './put-sheet.ts'
import { listEvents, recordEvent } from './record-event.ts'
import { referencedBlobs } from './referenced-blobs.ts'
import { registerPacks } from './register-packs.ts'
import { saveCheckpoint } from './save-checkpoint.ts'
import { savePartial } from './save-partial.ts'
import { setStudyPriority } from './set-study-priority.ts'
import { setStudyStatus } from './set-study-status.ts'
import { settleStudy } from './settle-study.ts'
import { studyRate } from './study-rate.ts'
import { sweepRenders } from './sweep-renders.ts'
import { createTestLedger } from './testing.ts'
import { base, cell, claimOf, file, finish, pack, runningStudy, seedCells, sha } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

const nobody = '01890000-0000-7000-8000-000000000000'

it('keeps a study file as it was given', async () => {
  const given = {
    ...file('Guidance by eta'),
    notes: 'äöü 漢字 \\ "quoted"',
    recipe: { eta: 0.1, steps: 25 },
    priority: 2 as const,
  }
  const study = await createStudy(ledger, { file: given, demo: true })

  expect(await getStudy(ledger, study.id)).toEqual(study)
  expect(study).toMatchObject({
    title: 'Guidance by eta',
    status: 'draft',
    priority: 2,
    demo: true,
    version: '0',
    file: given,
  })
  expect(await getStudy(ledger, nobody)).toBeNull()
  expect(await getStudy(ledger, 'no-id')).toBeNull()
  await expect(createStudy(ledger, { file: file('a\0b') })).rejects.toMatchObject({ code: 'invalid_input' })
})

it('finds studies by words of their title, axes and status, newest first', async () => {
  const older = await runningStudy(ledger, seedCells(3), 'Needle one')
  const newer = await createStudy(ledger, {
    file: { ...file('Needle two'), axes: ['eta: 0, 0.5', 'cut_ic_pow: 1, 100%'] },
  })
  for (const render of await claimRenders(ledger, claimOf(older.id, 'l:1', 2)))
    await finish(ledger, render, 'l:1')

  const found = await listStudies(ledger, { search: 'needle' })
  expect(found.map((study) => study.id)).toEqual([newer.id, older.id])
  expect(found[1]).toMatchObject({
    counts: { cells: 3, done: 2, queued: 1 },
    pictures: [{ seq: 0 }, { seq: 1 }],
  })
  expect((await listStudies(ledger, { search: 'needle CUT_IC_POW' })).map((study) => study.id)).toEqual([
    newer.id,
  ])
  expect((await listStudies(ledger, { search: 'needle running' })).map((study) => study.id)).toEqual([
    older.id,
  ])
  expect(await listStudies(ledger, { search: 'needle 100_' })).toEqual([])
  expect(await listStudies(ledger, { limit: 1 })).toHaveLength(1)
})

it('replaces the file of a draft, and of a started study only as an edit', async () => {
  const study = await createStudy(ledger, { file: file('First') })
  expect(await updateDraft(ledger, study.id, file('Second'))).toMatchObject({ title: 'Second', version: '1' })

  await setStudyStatus(ledger, study.id, 'running')
  await expect(updateDraft(ledger, study.id, file('Third'))).rejects.toMatchObject({ code: 'conflict' })
  expect(await getStudy(ledger, study.id)).toMatchObject({ title: 'Second', version: '2' })
  expect(await editStudy(ledger, study.id, file('Third'))).toMatchObject({
    title: 'Third',
    status: 'running',
  })
  await expect(updateDraft(ledger, nobody, file('None'))).rejects.toMatchObject({ code: 'not_found' })

  expect(await setStudyPriority(ledger, study.id, 1)).toBe(true)
  expect(await setStudyPriority(ledger, nobody, 1)).toBe(false)
  await expect(setStudyPriority(ledger, study.id, 9)).rejects.toThrow(/priority is 9/)
})

it('moves a study only along its life, and writes down who did it', async () => {
  const study = await createStudy(ledger, { file: file('Life'), actor: 'Ada' })

  expect(await setStudyStatus(ledger, study.id, 'paused')).toBe(false)
  expect(await setStudyStatus(ledger, study.id, 'running', { actor: 'Ada' })).toBe(true)
  expect(await setStudyStatus(ledger, study.id, 'running')).toBe(false)
  await recordEvent(ledger, { studyId: study.id, kind: 'exported', details: { format: 'png' } })
  expect(await settleStudy(ledger, study.id)).toBe('finished')
  expect(await settleStudy(ledger, study.id)).toBe('finished')

  const after = await getStudy(ledger, study.id)
  expect(after).toMatchObject({
    status: 'finished',
    startedAt: expect.any(Date),
    finishedAt: expect.any(Date),
  })
  const events = await listEvents(ledger, study.id)
  expect(events.map(({ actor, kind }) => `${actor} ${kind}`)).toEqual([
    'motor finished',
    'person exported',
    'Ada running',
    'Ada created',
  ])
  expect(events[1]!.details).toEqual({ format: 'png' })
  await expect(settleStudy(ledger, nobody)).rejects.toMatchObject({ code: 'not_found' })
})

it('deletes a study that rests, with all that is its own, and keeps its pictures', async () => {
  const study = await runningStudy(ledger, [cell(0, { seed: 777 })])
  const [render] = await claimRenders(ledger, claimOf(study.id, 'd:1'))
  await finish(ledger, render!, 'd:1')
  await markCells(ledger, study.id, [0], { mark: 'star' })

  await expect(deleteStudy(ledger, study.id)).rejects.toMatchObject({ code: 'conflict' })
  await settleStudy(ledger, study.id)
  expect(await deleteStudy(ledger, study.id)).toBe(true)
  expect(await deleteStudy(ledger, study.id)).toBe(false)
  expect(await getCell(ledger, study.id, 0)).toBeNull()

  const again = await runningStudy(ledger, [cell(0, { seed: 777 })])
  expect(await getCell(ledger, again.id, 0)).toMatchObject({ status: 'done', reused: true, mark: null })
})

it('marks a picture bit by bit', async () => {
  const study = await runningStudy(ledger, [
    cell(0, { seed: 42 }),
    cell(1, { seed: 42 }),
    cell(2, { seed: 43 }),
  ])
  await markCells(ledger, study.id, [0], { rating: 4, note: 'soft' })
  await markCells(ledger, study.id, [1], { mark: 'reject', note: null })
  const { cells } = await listCells(ledger, study.id)

  expect(cells.map(({ seq, rating, mark, note }) => ({ seq, rating, mark, note }))).toEqual([
    { seq: 2, rating: null, mark: null, note: null },
    { seq: 0, rating: 4, mark: 'reject', note: null },
    { seq: 1, rating: 4, mark: 'reject', note: null },
  ])
  expect(await markCells(ledger, study.id, [99], { rating: 1 })).toBe(0)
  await expect(markCells(ledger, study.id, [0], { rating: 6 as 5 })).rejects.toThrow(/rating/)
})

it('marks each step of a run by itself, wherever it is moved to', async () => {
  const steps = [5, 10, null].map((partial, seq) => cell(seq, { seed: 44 }, { partial }))
  const study = await runningStudy(ledger, steps)
  expect(await markCells(ledger, study.id, [1], { mark: 'star' })).toBe(1)
  expect(await markCells(ledger, study.id, [2], { rating: 5 })).toBe(1)
  const marks = async () =>
    (await listCells(ledger, study.id)).cells
      .sort((a, b) => a.seq - b.seq)
      .map(({ mark, rating }) => mark ?? rating)
  expect(await marks()).toEqual([null, 'star', 5])

  const moved = [10, null, 5].map((partial, seq) => cell(seq, { seed: 44 }, { partial }))
  await enqueueCells(ledger, { studyId: study.id, pack, base, cells: moved })
  expect(await marks()).toEqual(['star', 5, null])
})

it('measures speed and rate on finished renders', async () => {
  const own = sha('another pack')
  expect(await measuredSpeeds(ledger, own)).toEqual(new Map())

  const study = await runningStudy(ledger, seedCells(6, 600))
  expect(await studyRate(ledger, study.id)).toEqual({ perMinute: null, secondsLeft: null })
  for (const render of await claimRenders(ledger, claimOf(study.id, 's:1', 4)))
    await finish(ledger, render, 's:1')
  const steps = [0.1, 0.2, 0.3, 9]
  const { rows } = await ledger.pool.query<{ key: string }>(
    `select "renderKey" as key from "Cell" where "studyId" = $1 and status = 'done' order by seq`,
    [study.id],
  )
  for (const [index, row] of rows.entries())
    await ledger.pool.query(
      `update "Render" set "packHash" = $2, timings = jsonb_set(timings, '{secondsPerStep}', to_jsonb($3::float8)),
         "claimedAt" = now() - interval '2 minutes' where key = $1`,
      [row.key, own, steps[index]],
    )

  const speeds = await measuredSpeeds(ledger, own)
  expect(speeds.size).toBe(1)
  const speed = [...speeds.values()][0]!
  expect(speed).toMatchObject({ secondsFixed: 0.2, perCutSeconds: 0.001, samples: 4 })
  expect(speed.secondsPerStep).toBeCloseTo(0.25)
  expect(speed.error).toBeCloseTo(0.1 / 0.25)
  // Four in two minutes, two to go: a minute.
  const rate = await studyRate(ledger, study.id)
  expect(rate.perMinute).toBeCloseTo(2, 1)
  expect(rate.secondsLeft).toBeCloseTo(60, 0)
})

it('knows packs and devices by their last word', async () => {
  await registerPacks(ledger, [pack])
  await registerPacks(ledger, [{ ...pack, title: 'Starter pack, better' }])
  expect((await listPacks(ledger)).map(({ name, title }) => [name, title])).toEqual([
    ['starter', 'Starter pack, better'],
  ])
  expect(await packNamed(ledger, 'starter')).toMatchObject({ hash: pack.hash, nativeSize: [64, 64] })
  expect(await packNamed(ledger, 'none')).toBeNull()

  const device = {
    id: 'here/cpu',
    host: 'here',
    kind: 'cpu',
    memory: 16e9,
    packs: ['starter'],
    speed: null,
    session: 'a',
  }
  await heartbeatDevice(ledger, device)
  const [first] = await listDevices(ledger)
  await heartbeatDevice(ledger, device)
  const [second] = await listDevices(ledger, { seenWithinSeconds: 60 })
  expect(second).toMatchObject({ memory: 16e9, packs: ['starter'], startedAt: first!.startedAt })
  expect(second!.lastSeen.getTime()).toBeGreaterThanOrEqual(first!.lastSeen.getTime())
  await ledger.pool.query(`update "Device" set "lastSeen" = now() - interval '1 hour'`)
  expect(await listDevices(ledger, { seenWithinSeconds: 60 })).toEqual([])
})

it('saves views as sheets and gives a link only when asked', async () => {
  const study = await createStudy(ledger, { file: file('Sheets') })
  const sheet = await putSheet(ledger, { studyId: study.id, view: { columns: [0], rows: [1] } })
  expect(sheet).toMatchObject({ title: 'Sheets', share: null })

  const shared = await putSheet(ledger, {
    ...sheet,
    title: 'Turned',
    view: { columns: [1], rows: [0] },
    shared: true,
  })
  expect(shared.share).toMatch(/^[\w-]{24}$/)
  expect(await sharedSheet(ledger, shared.share!)).toEqual(await getSheet(ledger, sheet.id))
  expect(await listSheets(ledger, study.id)).toEqual([shared])
  await putSheet(ledger, { ...shared, shared: false })
  expect(await sharedSheet(ledger, shared.share!)).toBeNull()
})

it('names every blob that is still needed, and lets go of renders nobody shows', async () => {
  const study = await runningStudy(ledger, seedCells(3, 900))
  const [one, two, three] = await claimRenders(ledger, claimOf(study.id, 'b:1', 3))
  await savePartial(ledger, {
    key: one!.key,
    claim: 'b:1',
    step: 9,
    image: sha('partial'),
    bytes: 1,
    width: 1,
    height: 1,
  })
  await saveCheckpoint(ledger, { key: one!.key, claim: 'b:1', step: 9, blob: sha('old'), bytes: 1 })
  await finish(ledger, one!, 'b:1')
  await saveCheckpoint(ledger, { key: two!.key, claim: 'b:1', step: 9, blob: sha('newer'), bytes: 1 })
  await failRender(ledger, { key: three!.key, claim: 'b:1', error: 'no' })
  const picture = sha(`picture of ${one!.key}`)
  const thumb = sha(`thumb of ${one!.key}`)
  const all = [picture, thumb, sha('partial'), sha('newer'), sha('old'), sha('unknown')]

  expect(await referencedBlobs(ledger, all)).toEqual(new Set([picture, thumb, sha('partial'), sha('newer')]))

  await setStudyStatus(ledger, study.id, 'cancelled')
  await deleteStudy(ledger, study.id)
  expect(await sweepRenders(ledger, { olderThanSeconds: 3600 })).toBe(0)
  await sweepRenders(ledger, { olderThanSeconds: 0 })
  // The one still rendering keeps its checkpoint; its worker will come back to it.
  expect(await referencedBlobs(ledger, all)).toEqual(new Set([sha('newer')]))
  await forgetBlobs(ledger, [picture])
  expect(await ledger.prisma.blob.count({ where: { sha: picture } })).toBe(0)
})

it('keeps the pictures that studies and renders name in their recipes', async () => {
  const [start, onAxis, typed, prompt, stray] = ['start', 'on axis', 'typed', 'prompt', 'stray'].map(sha)
  const study = await createStudy(ledger, {
    file: {
      ...file('Pictures'),
      recipe: { init_image: `sha256:${start}` },
      axes: [
        `image_prompts sha256:${typed}:2 | sha256:${start}`,
        {
          parameters: ['init_image'],
          points: [{ label: 'sea.png', patch: { init_image: `sha256:${onAxis}` } }],
        },
      ],
    },
  })
  const recipe = { image_prompts: { '0': [`sha256:${prompt}:-1`] } }
  await enqueueCells(ledger, { studyId: study.id, pack, base, cells: [cell(0, recipe)] })
  const all = [start!, onAxis!, typed!, prompt!, stray!]

  expect(await referencedBlobs(ledger, all)).toEqual(new Set([start, onAxis, typed, prompt]))

  await deleteStudy(ledger, study.id)
  expect(await referencedBlobs(ledger, all)).toEqual(new Set([prompt]))
})

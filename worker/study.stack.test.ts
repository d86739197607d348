import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { editStudy, getStudy, listDevices, listPacks, renderAgain, setReference, studyCounts } from '#prisma'
import { Fleet, until, type WorkerProcess } from './testing/fleet.ts'

let fleet: Fleet
let worker: WorkerProcess

beforeAll(async () => {
  fleet = await Fleet.open()
  const broken = join(fleet.data, 'models', 'packs', 'broken')
  mkdirSync(broken)
  writeFileSync(join(broken, 'pack.json'), '{ "name": "broken" }')
  worker = await fleet.startWorker().ready()
})

afterAll(() => fleet.close())

test('a worker registers its packs and its device, and leaves a corrupt pack out', async () => {
  expect((await listPacks(fleet.ledger)).map((pack) => pack.name)).toEqual(['tiny-std'])
  expect(await listDevices(fleet.ledger)).toMatchObject([
    { kind: 'cpu', packs: ['tiny-std'], memory: expect.any(Number) },
  ])
  expect(worker.said('pack left out')).toMatchObject([{ folder: expect.stringContaining('broken') }])
})

test('a study is rendered: every cell once, its picture in the blobs, what was measured beside it', async () => {
  const studyId = await fleet.createStudy({ seeds: 4, steps: 12 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)

  const cells = await fleet.cells(studyId)
  expect(cells).toHaveLength(8)
  for (const cell of cells) {
    expect(cell).toMatchObject({
      status: 'done',
      width: 64,
      height: 64,
      metrics: { clipSimilarity: expect.any(Number), edgeDensity: expect.any(Number) },
    })
    const png = await fleet.blobs.get(cell.image!)
    expect(createHash('sha256').update(png!).digest('hex')).toBe(cell.image)
  }
  expect(new Set(cells.map((cell) => cell.image)).size).toBe(8)
  const renders = worker.said('render done')
  expect(new Set(renders.map((line) => line.key)).size).toBe(8)
  expect(renders).toHaveLength(8)
  for (const line of renders)
    expect(line).toMatchObject({
      study: studyId,
      cells: [expect.any(Number)],
      claim: expect.stringContaining(studyId),
    })

  const again = await fleet.createStudy({ seeds: 4, steps: 12 })
  await fleet.motor.start(again)
  await fleet.finished(again)
  expect(await fleet.pictures(again)).toEqual(cells.map((cell) => cell.image))
  expect(worker.said('render done')).toHaveLength(8)
})

test('steps of one run are cells of one render', async () => {
  const before = worker.said('render done').length
  const studyId = await fleet.createStudy({
    seeds: 1,
    steps: 12,
    etas: '0.25',
    more: ['step 25%, 50%, 100%'],
  })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)

  const cells = await fleet.cells(studyId)
  expect(cells).toMatchObject(cells.map(() => ({ status: 'done', width: 64, image: expect.any(String) })))
  expect(new Set(cells.map(({ image }) => image)).size).toBe(3)
  expect(cells.map(({ metrics }) => metrics !== null)).toEqual([false, false, true])
  expect(worker.said('render done')).toHaveLength(before + 1)
})

test('finished pictures are measured against the one that is chosen, and so are later ones', async () => {
  const studyId = await fleet.createStudy({ seeds: 2, steps: 12, etas: '0.6' })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
  await setReference(fleet.ledger, studyId, 1)
  const distances = async () => (await fleet.cells(studyId)).map(({ metrics }) => metrics?.lpips)
  const measured = (count: number) => async () =>
    (await distances()).filter((each) => each !== undefined).length === count
  await until('both are measured', measured(2))
  expect(await distances()).toEqual([expect.closeTo(0.4, 0), 0])
  expect((await distances())[0]).toBeGreaterThan(0)

  const { file } = (await getStudy(fleet.ledger, studyId))!
  await editStudy(fleet.ledger, studyId, { ...file, axes: ['eta 0.6', 'seed 1, 2, 3'] })
  await fleet.motor.start(studyId)
  await until('the new one is measured too', measured(3))
  expect((await distances())[1]).toBe(0)
})

test('an edited study renders only what is new; a picture made again on purpose is kept beside the first', async () => {
  const studyId = await fleet.createStudy({ seeds: 2, steps: 12, etas: '0.75' })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
  const first = await fleet.pictures(studyId)
  const before = worker.said('render done').length

  const { file } = (await getStudy(fleet.ledger, studyId))!
  await editStudy(fleet.ledger, studyId, { ...file, axes: ['eta 0.75', 'seed 3, 2, 1'] })
  await fleet.motor.start(studyId)
  await until('the new cell is there', async () => (await fleet.done(studyId)) === 3)
  await fleet.finished(studyId)
  expect((await fleet.pictures(studyId)).slice(1)).toEqual([first[1], first[0]])
  expect(worker.said('render done')).toHaveLength(before + 1)

  expect(await renderAgain(fleet.ledger, studyId, [1])).toBe(1)
  await fleet.motor.start(studyId)
  await until('it is rendered again', () => worker.said('render done').length === before + 2)
  await fleet.finished(studyId)
  // The same recipe: the same picture, made once more.
  expect((await fleet.pictures(studyId))[1]).toBe(first[1])
})

describe('a person', () => {
  test('pauses softly: the render under way is finished, nothing else begins until it is resumed', async () => {
    const studyId = await fleet.createStudy({ seeds: 4, steps: 20, from: 100 })
    await fleet.motor.start(studyId)
    await fleet.renderingPast(studyId, 0)
    await fleet.motor.pause(studyId, 'soft')
    await until('nothing renders', async () => (await studyCounts(fleet.ledger, studyId)).rendering === 0)
    const done = await fleet.done(studyId)
    expect(done).toBeGreaterThan(0)
    await sleep(2_000)
    expect(await studyCounts(fleet.ledger, studyId)).toMatchObject({ done, rendering: 0, queued: 8 - done })

    await fleet.motor.resume(studyId)
    await fleet.finished(studyId)
    expect(await fleet.done(studyId)).toBe(8)
  })

  test('pauses hard and resumes: the render goes on from its checkpoint to the same picture', async () => {
    const undisturbed = await fleet.createStudy({ seeds: 1, steps: 120, etas: '0.3', from: 200 })
    await fleet.motor.start(undisturbed)
    await fleet.finished(undisturbed)
    const expected = await fleet.pictures(undisturbed)
    await fleet.ledger.pool.query('delete from "Study" where id = $1', [undisturbed])
    await fleet.ledger.pool.query('delete from "Render" where image = $1', [expected[0]])

    const studyId = await fleet.createStudy({ seeds: 1, steps: 120, etas: '0.3', from: 200 })
    await fleet.motor.start(studyId)
    await fleet.renderingPast(studyId, 10)
    await fleet.motor.pause(studyId, 'hard')
    await until('nothing renders', async () => (await studyCounts(fleet.ledger, studyId)).rendering === 0)
    const [cell] = await fleet.cells(studyId)
    expect(cell).toMatchObject({ status: 'queued', image: null })
    expect(cell!.step).toBeGreaterThan(10)

    await fleet.motor.resume(studyId)
    await fleet.finished(studyId)
    expect(worker.said('render begins').at(-1)).toMatchObject({ fromStep: cell!.step })
    expect(await fleet.pictures(studyId)).toEqual(expected)
  })

  test('cancels: the render under way is back in the queue with a checkpoint; a new start goes on', async () => {
    const studyId = await fleet.createStudy({ seeds: 2, steps: 120, from: 300 })
    await fleet.motor.start(studyId)
    await fleet.renderingPast(studyId, 5)
    await fleet.motor.cancel(studyId)
    expect(await fleet.status(studyId)).toBe('cancelled')
    await until('nothing renders', async () => (await studyCounts(fleet.ledger, studyId)).rendering === 0)
    expect(await fleet.done(studyId)).toBe(0)
    const stopped = (await fleet.cells(studyId)).filter(
      (cell) => (cell.step ?? 0) > 0 && cell.status === 'queued',
    )
    expect(stopped).toHaveLength(1)

    await fleet.motor.start(studyId)
    await fleet.finished(studyId)
    expect(worker.said('render begins').filter((line) => line.key === stopped[0]!.renderKey)).toMatchObject([
      { fromStep: 0 },
      { fromStep: stopped[0]!.step },
    ])
    expect(await fleet.done(studyId)).toBe(4)
  })
})

test('a recipe that cannot be rendered fails alone, with a sentence, and can be tried again', async () => {
  const studyId = await fleet.createStudy({ seeds: 2, steps: 8, from: 400 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)
  await fleet.ledger.pool.query(
    `update "Render" set status = 'failed', image = null, error = 'spoiled', patch = patch || '{"text_prompts": {"0": ["a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x y z"]}}'
     where key = (select "renderKey" from "Cell" where "studyId" = $1 and seq = 1)`,
    [studyId],
  )
  await fleet.ledger.pool.query(`update "Cell" set status = 'failed' where "studyId" = $1 and seq = 1`, [
    studyId,
  ])

  expect(await fleet.motor.retryFailed(studyId)).toBe(1)
  await fleet.finished(studyId)
  const cells = await fleet.cells(studyId)
  expect(cells[1]).toMatchObject({ status: 'failed', error: expect.stringContaining('text_prompts') })
  expect(cells.filter((cell) => cell.status === 'done')).toHaveLength(3)
})

test('a worker that is told to go saves a checkpoint, gives back what it holds and is gone', async () => {
  const studyId = await fleet.createStudy({ seeds: 2, steps: 120, from: 500 })
  await fleet.motor.start(studyId)
  await fleet.renderingPast(studyId, 5)
  expect(await worker.stop()).toBe(0)
  expect(await studyCounts(fleet.ledger, studyId)).toMatchObject({ rendering: 0 })
  const stopped = (await fleet.cells(studyId)).find(
    (cell) => cell.status === 'queued' && (cell.step ?? 0) > 5,
  )
  expect(stopped).toBeDefined()

  worker = await fleet.startWorker().ready()
  await fleet.finished(studyId)
  expect(worker.said('render begins')).toContainEqual(expect.objectContaining({ fromStep: stopped!.step }))
})

test('a fleet may keep studio and render apart', async () => {
  await worker.stop()
  const studio = await fleet.startWorker({ role: 'studio' }).ready()
  worker = await fleet.startWorker({ role: 'render' }).ready()
  const studyId = await fleet.createStudy({ seeds: 1, steps: 6, from: 600 })
  await fleet.motor.start(studyId)
  await fleet.finished(studyId)

  expect(studio.said('study enqueued')).toHaveLength(1)
  expect(studio.said('render done')).toHaveLength(0)
  expect(worker.said('render done')).toHaveLength(2)
})

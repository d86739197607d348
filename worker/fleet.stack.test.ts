import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  bringDeviceBack,
  includeCells,
  limitDevices,
  listDevices,
  setDeviceAside,
  skipCells,
  studyCounts,
} from '#prisma'
import { Fleet, until, type WorkerProcess } from './testing/fleet.ts'

let fleet: Fleet
let worker: WorkerProcess

beforeAll(async () => {
  fleet = await Fleet.open()
  worker = await fleet.startWorker().ready()
}, 240_000)

afterAll(() => fleet.close())

/** The studies whose renders were done, in order. */
const doneInOrder = (): string[] => worker.said('render done').map((line) => line.study as string)

test('a small study is through before a large one that began with it has had as many turns', async () => {
  const large = await fleet.createStudy({ seeds: 60, steps: 3, from: 1_000 })
  const small = await fleet.createStudy({ seeds: 5, steps: 3, from: 5_000 })
  await Promise.all([fleet.motor.start(large), fleet.motor.start(small)])
  await fleet.finished(small)
  const order = doneInOrder()
  const end = order.lastIndexOf(small)
  await fleet.motor.cancel(large)

  // Alone it would have had the device for 10 pictures; here it had to wait for fewer than 10 others.
  expect(order.slice(0, end + 1).filter((study) => study === large).length).toBeLessThan(10)
})

test('a more urgent study gets the device at the next picture', async () => {
  const patient = await fleet.createStudy({ seeds: 30, steps: 3, from: 10_000 })
  await fleet.motor.start(patient)
  await until('it renders', async () => (await fleet.done(patient)) > 2)
  const urgent = await fleet.createStudy({ seeds: 30, steps: 3, from: 20_000 })
  await fleet.ledger.pool.query('update "Study" set priority = 1 where id = $1', [urgent])
  const before = doneInOrder().length
  await fleet.motor.start(urgent, { priority: 1 })
  await until('it has half', async () => (await fleet.done(urgent)) >= 30)
  const order = doneInOrder().slice(before)
  await Promise.all([fleet.motor.cancel(patient), fleet.motor.cancel(urgent)])

  const first = order.indexOf(urgent)
  expect(order.slice(first, first + 20).filter((study) => study === patient)).toEqual([])
})

describe('a device', () => {
  test('set aside gets no work, says why, and goes on once brought back', async () => {
    const [device] = await listDevices(fleet.ledger)
    await setDeviceAside(fleet.ledger, { id: device!.id, reason: 'smells of smoke' })
    const studyId = await fleet.createStudy({ seeds: 2, steps: 3, from: 30_000 })
    await fleet.motor.start(studyId)
    await until('its cells are queued', async () => (await studyCounts(fleet.ledger, studyId)).queued === 4)
    await until('the device has heard', () => worker.said('device set aside').length === 1)
    const done = await fleet.done(studyId)
    expect((await listDevices(fleet.ledger))[0]!.aside).toMatchObject({ reason: 'smells of smoke' })

    expect(await bringDeviceBack(fleet.ledger, device!.id)).toBe(true)
    await fleet.finished(studyId)
    expect(await fleet.done(studyId)).toBeGreaterThan(done)
    expect((await listDevices(fleet.ledger))[0]!.aside).toBeNull()
  })

  test('hears what it is limited to', async () => {
    const [device] = await listDevices(fleet.ledger)
    expect(await limitDevices(fleet.ledger, { pack: 'tiny-std' }, { memory: 2 ** 24 })).toBe(1)
    const studyId = await fleet.createStudy({ seeds: 1, steps: 3, from: 40_000 })
    await fleet.motor.start(studyId)
    await fleet.finished(studyId)
    await until('it has found what fits', async () => {
      const [now] = await listDevices(fleet.ledger)

      return now!.memoryLimit === 2 ** 24
    })
    await limitDevices(fleet.ledger, { id: device!.id }, { memory: null })
  })
})

test('three renders at which the renderer dies set the device aside, and what failed on it is queued again', async () => {
  const { pool } = fleet.ledger
  const studyId = await fleet.createStudy({ seeds: 2, steps: 400, from: 50_000 })
  await fleet.motor.start(studyId)
  const keys: string[] = []
  for (let n = 1; n <= 3; n++) {
    const { renderKey } = await fleet.renderingPast(studyId, 2)
    keys.push(renderKey)
    // The next claim is to take another.
    await pool.query('update "Cell" set rank = rank + 100 where "renderKey" = $1', [renderKey])
    // As if the first had met with its third death meanwhile.
    if (n === 3)
      for (const table of ['Render', 'Cell'])
        await pool.query(
          `update "${table}" set status = 'failed' where ${table === 'Cell' ? '"renderKey"' : 'key'} = $1`,
          [keys[0]],
        )
    process.kill(worker.rendererPid, 'SIGKILL')
    await until('its death is told', () => worker.said('renderer died').length === n)
  }
  await until('it is set aside', async () => (await listDevices(fleet.ledger))[0]!.aside !== null)

  const [device] = await listDevices(fleet.ledger)
  expect(device!.aside!.reason).toContain('killed by SIGKILL')
  await until(
    'nothing is failed any more',
    async () => (await studyCounts(fleet.ledger, studyId)).queued === 4,
  )
  await fleet.motor.cancel(studyId)
  await bringDeviceBack(fleet.ledger, device!.id)
})

test('cells left out by hand stop, stay out when the study is started again, and come back when asked', async () => {
  const studyId = await fleet.createStudy({ seeds: 2, steps: 120, from: 60_000 })
  await fleet.motor.start(studyId)
  const under = await fleet.renderingPast(studyId, 2)
  const rest = [0, 1, 2, 3].filter((seq) => seq !== under.seq)
  expect(await skipCells(fleet.ledger, studyId, { seqs: [under.seq] })).toBe(1)
  await until('another renders', async () =>
    (await fleet.cells(studyId)).some((cell) => rest.includes(cell.seq) && cell.status === 'rendering'),
  )
  expect(await skipCells(fleet.ledger, studyId, { axis: 1, point: 0 })).toBeGreaterThan(0)
  expect(await skipCells(fleet.ledger, studyId, { axis: 1, point: 1 })).toBeGreaterThan(0)
  await fleet.finished(studyId)
  const statuses = async () => (await fleet.cells(studyId)).map((cell) => cell.status)
  expect(new Set(await statuses())).toEqual(new Set(['excluded']))

  await fleet.motor.start(studyId)
  const settled = () => worker.said('study settled').filter((line) => line.study === studyId).length
  await until('it was looked at again', () => settled() >= 2)
  expect(new Set(await statuses())).toEqual(new Set(['excluded']))

  expect(await includeCells(fleet.ledger, studyId, { seqs: [under.seq] })).toBe(1)
  await fleet.motor.start(studyId)
  await until('it is rendered', async () => (await fleet.done(studyId)) === 1)
  expect((await fleet.cells(studyId))[under.seq]!.status).toBe('done')
})

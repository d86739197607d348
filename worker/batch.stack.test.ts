import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listDevices } from '#prisma'
import { Fleet, until, type WorkerProcess } from './testing/fleet.ts'

const study = { seeds: 2, steps: 60 }
let fleet: Fleet

beforeAll(async () => {
  fleet = await Fleet.open()
}, 600_000)

afterAll(() => fleet.close())

/** The pictures of the study's cells, rendered anew, as pixels. */
async function render(during: (studyId: string) => Promise<void> = async () => undefined): Promise<Buffer[]> {
  await fleet.empty()
  const studyId = await fleet.createStudy(study)
  await fleet.motor.start(studyId)
  await during(studyId)
  await fleet.finished(studyId, 300)

  return Promise.all(
    (await fleet.pictures(studyId)).map(async (sha) =>
      sharp((await fleet.blobs.get(sha!))!)
        .raw()
        .toBuffer(),
    ),
  )
}

const rendering = async (studyId: string): Promise<number> =>
  (await fleet.cells(studyId)).filter((cell) => cell.status === 'rendering' && (cell.step ?? 0) > 0).length

const batchOf = async (worker: WorkerProcess): Promise<number | undefined> =>
  (await listDevices(fleet.ledger)).find(({ id }) =>
    worker.said('worker ready').some((line) => (line.devices as string[]).includes(id)),
  )?.batch

test('a device with a batch steps several renders together, each within a level of its solo picture', async () => {
  const alone = fleet.startWorker()
  const expected = await render()
  await alone.stop()

  const worker = fleet.startWorker({ batch: 4 })
  const together = await render(async (studyId) => {
    await until('all four render at once', async () => (await rendering(studyId)) === 4)
  })
  for (const [k, picture] of together.entries()) {
    const apart = picture.reduce((most, value, at) => Math.max(most, Math.abs(value - expected[k]![at]!)), 0)
    expect(apart).toBeLessThanOrEqual(1)
  }
  expect(await batchOf(worker)).toBe(4)

  // A renderer that dies takes all of them along; none is to blame alone, so fewer are tried at once.
  await render(async (studyId) => {
    await until('all four render at once', async () => (await rendering(studyId)) === 4)
    process.kill(worker.rendererPid, 'SIGKILL')
  })
  expect(worker.said('renderer died').every(({ batch }) => typeof batch === 'number')).toBe(true)
  await until('the ledger knows the smaller batch', async () => (await batchOf(worker))! < 4)
}, 600_000)

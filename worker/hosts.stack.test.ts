import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBlobs } from '#blobs'
import { describeInS3 } from '../scripts/testing/describe-in-s3.ts'
import { Fleet, until, type WorkerProcess } from './testing/fleet.ts'

const study = { seeds: 4, steps: 40 }

describeInS3('two hosts that share nothing but Postgres, Temporal and S3', () => {
  let fleet: Fleet

  beforeAll(async () => {
    fleet = await Fleet.open()
  }, 240_000)

  afterAll(() => fleet.close())

  /** A worker with a name and a data folder of its own. */
  const startHost = (name: string): WorkerProcess => {
    const data = join(fleet.data, name)
    mkdirSync(data)

    return fleet.startWorker({
      env: { TESTSTRIP_HOST: name, TESTSTRIP_DATA: data, TESTSTRIP_BLOBS: 's3://pictures/fleet' },
    })
  }

  test('finish one study together, though one of them is killed on the way', async () => {
    const [first, second] = await Promise.all([startHost('north').ready(), startHost('south').ready()])
    const studyId = await fleet.createStudy(study)
    await fleet.motor.start(studyId)
    const renderingOn = async (host: string): Promise<boolean> =>
      (await fleet.cells(studyId)).some(
        (cell) => cell.status === 'rendering' && cell.device === `${host}/cpu` && (cell.step ?? 0) > 3,
      )
    await until(
      'both hosts render, and one picture is done',
      async () =>
        (await renderingOn('north')) && (await renderingOn('south')) && (await fleet.done(studyId)) > 0,
    )
    first.kill()
    await fleet.finished(studyId)

    const pictures = await fleet.pictures(studyId)
    const shared = openBlobs('s3://pictures/fleet')
    for (const picture of pictures) {
      const png = await shared.get(picture!)
      expect(createHash('sha256').update(png!).digest('hex')).toBe(picture)
    }
    expect(new Set(second.said('render done').map((line) => line.device))).toEqual(new Set(['south/cpu']))
    const told = [...first.said('render done'), ...second.said('render done')].map((line) => line.key)
    expect(told.length).toBe(new Set(told).size)

    await fleet.empty()
    const again = await fleet.createStudy(study)
    await fleet.motor.start(again)
    await fleet.finished(again)
    expect(await fleet.pictures(again)).toEqual(pictures)
  })
})

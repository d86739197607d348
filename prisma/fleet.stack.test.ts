import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { failRender } from './fail-render.ts'
import { getCell } from './get-cell.ts'
import { getStudy } from './get-study.ts'
import { heartbeatDevice } from './heartbeat-device.ts'
import type { Ledger } from './ledger.ts'
import { limitDevices } from './limit-device.ts'
import { listCells } from './list-cells.ts'
import { listDevices } from './list-devices.ts'
import { reclaimLost } from './reclaim-lost.ts'
import { releaseClaims } from './release-claims.ts'
import { releaseRender } from './release-render.ts'
import { retryFailed } from './retry-failed.ts'
import { saveCheckpoint } from './save-checkpoint.ts'
import { bringDeviceBack, setDeviceAside } from './set-device-aside.ts'
import { setStudyPriority } from './set-study-priority.ts'
import { settleStudy } from './settle-study.ts'
import { includeCells, skipCells } from './skip-cells.ts'
import { setStudyLanes, studyLanes } from './study-lanes.ts'
import { studyOutlook } from './study-outlook.ts'
import { createTestLedger } from './testing.ts'
import { base, cell, claimOf, finish, pack, runningStudy, seedCells, sha } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

const beat = (id: string, patch: Partial<Parameters<typeof heartbeatDevice>[1]> = {}) =>
  heartbeatDevice(ledger, {
    id,
    host: 'here',
    kind: 'cpu',
    memory: 8e9,
    packs: [pack.name],
    speed: null,
    ...patch,
  })

const claimOne = async (studyId: string, claim: string) =>
  (await claimRenders(ledger, claimOf(studyId, claim)))[0]!

const statusesOf = async (studyId: string): Promise<string[]> =>
  (await listCells(ledger, studyId)).cells.sort((a, b) => a.seq - b.seq).map((cell) => cell.status)

describe('deaths of a render', () => {
  it('are counted when it is lost, not when it is given back, and forgotten at a new checkpoint', async () => {
    const study = await runningStudy(ledger, seedCells(1, 100))
    const next = async (n: number) => claimOne(study.id, `d:${n}`)
    const { key } = await next(1)
    await releaseRender(ledger, { key, claim: 'd:1' })
    expect((await next(2)).deaths).toBe(0)
    await releaseRender(ledger, { key, claim: 'd:2', died: true })
    expect((await next(3)).deaths).toBe(1)
    await releaseClaims(ledger, ['d:3'])
    expect((await next(4)).deaths).toBe(2)
    await beat('here/cpu', { session: 'another process' })
    await reclaimLost(ledger, { olderThanSeconds: 3_600 })
    expect((await next(5)).deaths).toBe(3)

    await saveCheckpoint(ledger, { key, claim: 'd:5', step: 4, blob: sha('latents'), bytes: 10 })
    await releaseRender(ledger, { key, claim: 'd:5', died: true })
    expect((await next(6)).deaths).toBe(1)
    await failRender(ledger, { key, claim: 'd:6', error: 'poison' })
    await retryFailed(ledger, study.id)
    expect((await next(7)).deaths).toBe(0)
  })
})

describe('a device', () => {
  it('set aside hears why, once; what failed on it of these renders is queued again and nothing else', async () => {
    const study = await runningStudy(ledger, seedCells(3, 200))
    const keys: string[] = []
    for (const n of [1, 2, 3]) {
      const { key } = await claimOne(study.id, `f:${n}`)
      keys.push(key)
      await failRender(ledger, { key, claim: `f:${n}`, error: 'no luck' })
    }
    expect((await beat('here/cpu')).aside).toBeNull()
    expect(await setDeviceAside(ledger, { id: 'here/cpu', reason: 'smoke', keys: keys.slice(0, 2) })).toBe(
      true,
    )
    expect(await setDeviceAside(ledger, { id: 'here/cpu', reason: 'more smoke' })).toBe(false)
    expect((await beat('here/cpu')).aside).toBe('smoke')
    expect(await statusesOf(study.id)).toEqual(['queued', 'queued', 'failed'])

    expect([await bringDeviceBack(ledger, 'here/cpu'), await bringDeviceBack(ledger, 'here/cpu')]).toEqual([
      true,
      false,
    ])
    expect((await beat('here/cpu')).aside).toBeNull()
  })

  it('hears its limits, which one may set for all that have a pack; nonsense is refused', async () => {
    await beat('here/gpu')
    await beat('there/gpu', { packs: ['another'] })
    expect(await limitDevices(ledger, { pack: pack.name }, { memory: 2e9, batch: 2 })).toBe(2)
    expect(await beat('here/gpu')).toMatchObject({ memoryLimit: 2e9, batchLimit: 2 })
    expect(await beat('there/gpu')).toMatchObject({ memoryLimit: null, batchLimit: null })
    await limitDevices(ledger, { id: 'here/gpu' }, { memory: null })
    expect(await beat('here/gpu')).toMatchObject({ memoryLimit: null, batchLimit: 2 })
    await expect(limitDevices(ledger, { id: 'here/gpu' }, { batch: 0 })).rejects.toThrow('batch is 0')
    await expect(limitDevices(ledger, { id: 'here/gpu' }, { memory: 1.5 })).rejects.toThrow('memory is 1.5')
  })
})

it('lanes are two per device with the pack that is at work, or what a person says', async () => {
  await ledger.pool.query('delete from "Device"')
  const study = await runningStudy(ledger, seedCells(1, 300))
  expect(await studyLanes(ledger, study.id)).toBe(2)
  for (const name of ['a', 'b', 'c']) await beat(`lab/${name}`)
  await beat('lab/other', { packs: ['another'] })
  expect(await studyLanes(ledger, study.id)).toBe(6)
  await setDeviceAside(ledger, { id: 'lab/c', reason: 'broken' })
  expect(await studyLanes(ledger, study.id)).toBe(4)

  await setStudyLanes(ledger, study.id, 7)
  expect(await studyLanes(ledger, study.id)).toBe(7)
  await expect(setStudyLanes(ledger, study.id, 65)).rejects.toThrow('lanes is 65')
  await setStudyLanes(ledger, study.id, null)
  expect(await studyLanes(ledger, study.id)).toBe(4)
  expect((await listDevices(ledger)).find(({ id }) => id === 'lab/c')!.aside!.reason).toBe('broken')
})

it('a device makes way for a more urgent study and for a much smaller one, never for its like', async () => {
  await ledger.pool.query('delete from "Study"')
  const large = await runningStudy(ledger, seedCells(30, 400))
  const small = await runningStudy(ledger, seedCells(10, 500))
  const similar = await runningStudy(ledger, seedCells(8, 600))
  const yields = async (studyId: string, packs = [pack.name]): Promise<boolean> =>
    (await studyOutlook(ledger, { studyId, device: 'lab/a', packs })).yields

  expect([await yields(large.id), await yields(small.id), await yields(similar.id)]).toEqual([
    true,
    false,
    false,
  ])
  expect(await yields(large.id, ['another'])).toBe(false)
  await setStudyPriority(ledger, large.id, 1)
  expect([await yields(large.id), await yields(small.id)]).toEqual([false, true])
})

it('who else renders for a study is known with its speed', async () => {
  const study = await runningStudy(ledger, seedCells(4, 700))
  const speed = { secondsPerStep: 0.1, secondsFixed: 1, perCutSeconds: 0, samples: 1, error: 0 }
  await beat('lab/b', { speed })
  await claimRenders(ledger, { ...claimOf(study.id, 'o:1'), device: 'lab/b' })
  await claimRenders(ledger, { ...claimOf(study.id, 'o:2'), device: 'lab/a' })
  const outlook = await studyOutlook(ledger, { studyId: study.id, device: 'lab/a', packs: [pack.name] })

  expect(outlook).toMatchObject({ left: 2, others: [{ id: 'lab/b', speed }] })
})

describe('cells left out by hand', () => {
  it('are excluded, a render nobody else waits for stops, and those done stay', async () => {
    const study = await runningStudy(ledger, seedCells(4, 800))
    const done = await claimOne(study.id, 's:1')
    await finish(ledger, done, 's:1')
    const under = await claimOne(study.id, 's:2')
    expect(await skipCells(ledger, study.id, { seqs: [0, 1, 2] })).toBe(2)
    expect(await statusesOf(study.id)).toEqual(['done', 'excluded', 'excluded', 'queued'])
    expect(await finish(ledger, under, 's:2')).toBe(false)
    expect(await getCell(ledger, study.id, 1)).toMatchObject({ skipped: true, excluded: true })

    expect(await includeCells(ledger, study.id, { seqs: [1] })).toBe(1)
    expect(await statusesOf(study.id)).toEqual(['done', 'queued', 'excluded', 'queued'])
    expect((await getCell(ledger, study.id, 1))!.skipped).toBe(false)
  })

  it('do not stop what another study waits for, and come back with its picture', async () => {
    const [one, other] = [
      await runningStudy(ledger, seedCells(1, 900)),
      await runningStudy(ledger, seedCells(1, 900)),
    ]
    const render = await claimOne(one.id, 't:1')
    await skipCells(ledger, one.id, { axis: 0, point: 0 })
    expect(await settleStudy(ledger, one.id)).toBe('finished')
    expect(await finish(ledger, render, 't:1')).toBe(true)
    expect([await statusesOf(one.id), await statusesOf(other.id)]).toEqual([['excluded'], ['done']])

    await includeCells(ledger, one.id, { seqs: [0] })
    expect(await statusesOf(one.id)).toEqual(['done'])
    expect((await getStudy(ledger, one.id))!.status).toBe('finished')
  })

  it('are single steps of a run where cells show its steps', async () => {
    const steps = [5, 10, null].map((partial, seq) => cell(seq, { seed: 970 }, { partial }))
    const study = await runningStudy(ledger, steps)
    await skipCells(ledger, study.id, { seqs: [1] })
    expect(await statusesOf(study.id)).toEqual(['queued', 'excluded', 'queued'])
    await claimOne(study.id, 'w:1')
    expect(await statusesOf(study.id)).toEqual(['rendering', 'excluded', 'rendering'])
    await enqueueCells(ledger, { studyId: study.id, pack, base, cells: steps })
    expect(await statusesOf(study.id)).toEqual(['rendering', 'excluded', 'rendering'])
    await includeCells(ledger, study.id, { seqs: [1] })
    expect(await statusesOf(study.id)).toEqual(['rendering', 'rendering', 'rendering'])
  })

  it('wake a finished study when they have to be rendered', async () => {
    const study = await runningStudy(ledger, seedCells(2, 950))
    await skipCells(ledger, study.id, { seqs: [0, 1] })
    expect(await settleStudy(ledger, study.id)).toBe('finished')
    await includeCells(ledger, study.id, { seqs: [1] })
    expect(await getStudy(ledger, study.id)).toMatchObject({ status: 'running', finishedAt: null })
    expect(await statusesOf(study.id)).toEqual(['excluded', 'queued'])
  })
})

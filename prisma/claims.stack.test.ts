import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { failRender } from './fail-render.ts'
import { getCell } from './get-cell.ts'
import { heartbeatDevice } from './heartbeat-device.ts'
import { latestPreview } from './latest-preview.ts'
import type { Ledger } from './ledger.ts'
import { openLedger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { reclaimLost } from './reclaim-lost.ts'
import { releaseClaims } from './release-claims.ts'
import { releaseRender } from './release-render.ts'
import { reportProgress } from './report-progress.ts'
import { retryFailed } from './retry-failed.ts'
import { saveCheckpoint } from './save-checkpoint.ts'
import { savePartial } from './save-partial.ts'
import { setStudyStatus } from './set-study-status.ts'
import { settleStudy } from './settle-study.ts'
import { studyCounts } from './study-counts.ts'
import { createTestLedger } from './testing.ts'
import { base, cell, claimOf, finish, pack, runningStudy, seedCells, sha } from './testing-fixtures.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger()
})
afterAll(() => ledger.close())

it('never gives one render to two workers that claim at the same time', async () => {
  const study = await runningStudy(ledger, seedCells(200))
  const workers = [openLedger({ url: ledger.url, max: 1 }), openLedger({ url: ledger.url, max: 1 })]

  const taken = await Promise.all(
    workers.map(async (worker, index) => {
      const keys: string[] = []
      for (let turn = 0; ; turn++) {
        const claimed = await claimRenders(worker, claimOf(study.id, `w${index}:${turn}`, 3))
        if (claimed.length === 0) return keys
        keys.push(...claimed.map((render) => render.key))
      }
    }),
  )
  await Promise.all(workers.map((worker) => worker.close()))

  expect(taken.flat()).toHaveLength(200)
  expect(new Set(taken.flat()).size).toBe(200)
  expect(Math.min(...taken.map((keys) => keys.length))).toBeGreaterThan(0)
})

it('claims in render order, interrupted renders first, with the whole recipe', async () => {
  const cells = seedCells(6, 1000).map((one) => ({ ...one, rank: 5 - one.seq }))
  const study = await runningStudy(ledger, cells)
  const [first, second] = await claimRenders(ledger, claimOf(study.id, 'a:1', 2))

  expect([first!.key, second!.key]).toEqual([cells[5]!.key, cells[4]!.key])
  expect(first!.recipe).toEqual({ ...base, ...cells[5]!.patch })
  expect(first!.attempt).toBe(1)

  await releaseRender(ledger, { key: first!.key, claim: 'a:1' })
  await saveCheckpoint(ledger, {
    key: second!.key,
    claim: 'a:1',
    step: 12,
    blob: sha('checkpoint'),
    bytes: 9,
  })
  await releaseRender(ledger, { key: second!.key, claim: 'a:1' })
  const [resumed, fresh] = await claimRenders(ledger, claimOf(study.id, 'a:2', 2))

  expect(resumed).toEqual({ ...second, checkpoint: sha('checkpoint'), step: 12, attempt: 2 })
  expect(fresh!.key).toBe(cells[5]!.key)
})

it('claims only what runs, with the weights the keys were made for', async () => {
  const study = await runningStudy(ledger, seedCells(2, 2000))

  expect(await claimRenders(ledger, { ...claimOf(study.id, 'b:1', 9), packHash: sha('others') })).toEqual([])
  await setStudyStatus(ledger, study.id, 'paused')
  expect(await claimRenders(ledger, claimOf(study.id, 'b:2', 9))).toEqual([])
  expect(await studyCounts(ledger, study.id)).toMatchObject({ queued: 2, rendering: 0 })
  await setStudyStatus(ledger, study.id, 'running')
  expect(await claimRenders(ledger, claimOf(study.id, 'b:3', 9))).toHaveLength(2)
})

it('lets a stale claim change nothing', async () => {
  const study = await runningStudy(ledger, seedCells(1, 3000))
  const [lost] = await claimRenders(ledger, claimOf(study.id, 'c:1'))
  await releaseRender(ledger, { key: lost!.key, claim: 'c:1' })
  const [held] = await claimRenders(ledger, claimOf(study.id, 'c:2'))
  const before = await getCell(ledger, study.id, 0)
  const { key } = held!
  const late = { key, claim: 'c:1' }

  expect(await reportProgress(ledger, { ...late, step: 3, of: 25 })).toBe(false)
  expect(await saveCheckpoint(ledger, { ...late, step: 3, blob: sha('late'), bytes: 1 })).toBe(false)
  expect(
    await savePartial(ledger, { ...late, step: 3, image: sha('late'), bytes: 1, width: 1, height: 1 }),
  ).toBe(false)
  expect(await finish(ledger, lost!, 'c:1')).toBe(false)
  expect(await failRender(ledger, { ...late, error: 'late' })).toBe(false)
  expect(await releaseRender(ledger, late)).toBe(false)
  expect(await getCell(ledger, study.id, 0)).toEqual(before)
  expect(await ledger.prisma.blob.count({ where: { sha: sha('late') } })).toBe(0)

  expect(await finish(ledger, held!, 'c:2')).toBe(true)
  expect(await finish(ledger, held!, 'c:2')).toBe(false)
})

it('shows progress and the growing picture until the render is done', async () => {
  const study = await runningStudy(ledger, seedCells(2, 4000))
  const [render] = await claimRenders(ledger, claimOf(study.id, 'd:1'))
  const { version } = await listCells(ledger, study.id)
  const webp = new Uint8Array([1, 2, 3])

  await reportProgress(ledger, { key: render!.key, claim: 'd:1', step: 4, of: 25, preview: webp })
  await reportProgress(ledger, { key: render!.key, claim: 'd:1', step: 5, of: 25 })

  expect(await latestPreview(ledger, render!.key)).toEqual({ step: 5, of: 25, webp })
  // No version has moved, yet the reader at the newest version sees the step.
  const live = await listCells(ledger, study.id, { afterVersion: version })
  expect(live.version).toBe(version)
  expect(live.cells).toMatchObject([{ seq: 0, status: 'rendering', step: 5, of: 25 }])

  await finish(ledger, render!, 'd:1')
  expect(await latestPreview(ledger, render!.key)).toBeNull()
  expect(await getCell(ledger, study.id, 0)).toMatchObject({
    status: 'done',
    image: sha(`picture of ${render!.key}`),
    thumbs: { 96: sha(`thumb of ${render!.key}`) },
    metrics: { clipSimilarity: 0.25 },
    seconds: 2,
    step: null,
  })
})

it('keeps partial pictures by step, the last of a repeated step', async () => {
  const study = await runningStudy(ledger, seedCells(1, 4500))
  const [render] = await claimRenders(ledger, claimOf(study.id, 'p:1'))
  const partial = { key: render!.key, claim: 'p:1', bytes: 1, width: 64, height: 64 }
  await savePartial(ledger, { ...partial, step: 20, image: sha('20') })
  await savePartial(ledger, { ...partial, step: 10, image: sha('10, first') })
  await savePartial(ledger, { ...partial, step: 10, image: sha('10, again') })

  const shown = await getCell(ledger, study.id, 0)
  expect(shown!.partials.map(({ step, image }) => [step, image])).toEqual([
    [10, sha('10, again')],
    [20, sha('20')],
  ])
})

it('renders an equal recipe of two studies once, and both cells are done', async () => {
  const [one, other] = [
    await runningStudy(ledger, [cell(0, { seed: 5000 }), cell(1, { seed: 5001 })], 'One'),
    await runningStudy(ledger, [cell(0, { seed: 5002 }), cell(1, { seed: 5001 })], 'Other'),
  ]
  const claimed = await claimRenders(ledger, claimOf(one.id, 'e:1', 9))
  const rest = await claimRenders(ledger, claimOf(other.id, 'e:2', 9))

  expect(claimed).toHaveLength(2)
  expect(rest.map((render) => render.recipe.seed)).toEqual([5002])
  expect(await studyCounts(ledger, other.id)).toMatchObject({ queued: 0, rendering: 2 })

  for (const render of claimed) await finish(ledger, render, 'e:1')
  expect(await studyCounts(ledger, one.id)).toMatchObject({ done: 2 })
  expect(await studyCounts(ledger, other.id)).toMatchObject({ done: 1, rendering: 1 })
  expect(await settleStudy(ledger, one.id)).toBe('finished')
  expect(await settleStudy(ledger, other.id)).toBe('waiting')

  // A third study finds the picture made: nothing to render, nothing to wait for.
  const third = await runningStudy(ledger, [cell(0, { seed: 5001 })], 'Third')
  expect(await listCells(ledger, third.id)).toMatchObject({ cells: [{ status: 'done', reused: true }] })
  expect(await settleStudy(ledger, third.id)).toBe('finished')
})

it('puts back what a restarted or silent device held', async () => {
  const study = await runningStudy(ledger, seedCells(2, 6000))
  const device = { id: 'gone/cpu', host: 'gone', kind: 'cpu', memory: 1e9, packs: ['starter'], speed: null }
  await heartbeatDevice(ledger, { ...device, session: 'first' })
  const [render] = await claimRenders(ledger, { ...claimOf(study.id, 'f:1'), device: device.id })

  expect(await reclaimLost(ledger, { olderThanSeconds: 30 })).toBe(0)
  await heartbeatDevice(ledger, { ...device, session: 'second' })
  expect(await reclaimLost(ledger, { olderThanSeconds: 30 })).toBe(1)
  expect(await finish(ledger, render!, 'f:1')).toBe(false)

  // Silent: neither the device nor the render has been heard of.
  await claimRenders(ledger, { ...claimOf(study.id, 'f:2'), device: 'never seen' })
  await ledger.pool.query(`update "Render" set "claimedAt" = now() - interval '1 minute' where claim = 'f:2'`)
  await reportProgress(ledger, { key: render!.key, claim: 'f:2', step: 1, of: 25 })
  expect(await reclaimLost(ledger, { olderThanSeconds: 30 })).toBe(0)
  await ledger.pool.query(`update "Preview" set "updatedAt" = now() - interval '1 minute'`)
  expect(await reclaimLost(ledger, { olderThanSeconds: 30 })).toBe(1)
  expect(await studyCounts(ledger, study.id)).toMatchObject({ queued: 2, rendering: 0 })
})

it('hands the claims of earlier attempts to the next one', async () => {
  const study = await runningStudy(ledger, seedCells(5, 6500))
  await claimRenders(ledger, claimOf(study.id, 'g:1', 3))
  await claimRenders(ledger, claimOf(study.id, 'other:1', 1))

  expect(await releaseClaims(ledger, ['g:1'])).toBe(3)
  expect(await studyCounts(ledger, study.id)).toMatchObject({ queued: 4, rendering: 1 })
})

it('retries what failed, all of it or some cells, from the beginning', async () => {
  const study = await runningStudy(ledger, seedCells(3, 7000))
  for (const render of await claimRenders(ledger, claimOf(study.id, 'h:1', 3))) {
    await saveCheckpoint(ledger, { key: render.key, claim: 'h:1', step: 9, blob: sha('h'), bytes: 1 })
    await failRender(ledger, { key: render.key, claim: 'h:1', error: 'eta 3 makes the variance negative.' })
  }
  expect(await settleStudy(ledger, study.id)).toBe('finished')
  expect((await listCells(ledger, study.id)).cells.map((one) => one.error)).toEqual(
    Array(3).fill('eta 3 makes the variance negative.'),
  )

  expect(await retryFailed(ledger, study.id, [1])).toBe(1)
  expect(await retryFailed(ledger, study.id)).toBe(2)
  expect(await retryFailed(ledger, study.id)).toBe(0)
  expect(await setStudyStatus(ledger, study.id, 'running')).toBe(true)
  expect(await settleStudy(ledger, study.id)).toBe('more')
  const again = await claimRenders(ledger, claimOf(study.id, 'h:2', 3))
  expect(again.map(({ checkpoint, step, attempt }) => ({ checkpoint, step, attempt }))).toEqual(
    Array(3).fill({ checkpoint: null, step: 0, attempt: 2 }),
  )
})

it('keeps a cell true that joins a render at the moment it ends', async () => {
  const study = await runningStudy(ledger, seedCells(30, 8000))
  const joiners = await Promise.all(
    seedCells(30, 8000).map(async (one) => {
      const [render] = await claimRenders(ledger, claimOf(study.id, `j${one.seq}:1`))
      const joiner = await runningStudy(ledger, [], 'Joiner')
      await Promise.all([
        finish(ledger, render!, `j${one.seq}:1`),
        enqueueCells(ledger, {
          studyId: joiner.id,
          pack,
          base,
          cells: [{ ...one, seq: 0, key: render!.key }],
        }),
      ])

      return joiner
    }),
  )

  const statuses = await Promise.all(
    joiners.map(async (joiner) => (await getCell(ledger, joiner.id, 0))?.status),
  )
  expect(statuses).toEqual(Array(30).fill('done'))
})

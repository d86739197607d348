import { afterAll, beforeAll, expect, it } from 'vitest'
import { claimRenders } from './claim-renders.ts'
import { enqueueCells } from './enqueue-cells.ts'
import { failRender } from './fail-render.ts'
import { getStudy } from './get-study.ts'
import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import { listen } from './listen.ts'
import { markCells } from './mark-cells.ts'
import { releaseRender } from './release-render.ts'
import { reportProgress } from './report-progress.ts'
import { retryFailed } from './retry-failed.ts'
import { setStudyStatus } from './set-study-status.ts'
import { createTestLedger } from './testing.ts'
import { base, cell, claimOf, finish, pack, runningStudy, seedCells } from './testing-fixtures.ts'
import type { CellRow } from './types.ts'

let ledger: Ledger
beforeAll(async () => {
  ledger = await createTestLedger({ max: 20 })
})
afterAll(() => ledger.close())

const settled = async (condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition() && waited < 5000; waited += 10)
    await new Promise((done) => setTimeout(done, 10))
}

it('shows a reader who follows the version every change of concurrent writers', async () => {
  const size = 60
  // Two studies that share every second picture, so that writers of one move the versions of both.
  const one = await runningStudy(ledger, seedCells(size))
  const other = await runningStudy(
    ledger,
    seedCells(size).map((wanted) =>
      wanted.seq % 2 ? wanted : cell(wanted.seq, { seed: 5000 + wanted.seq }),
    ),
  )
  let writing = true
  const follow = async (studyId: string) => {
    const known = new Map<number, CellRow>()
    for (let version = '0', last = false; ; ) {
      const answer = await listCells(ledger, studyId, { afterVersion: version, limit: 3 })
      expect(BigInt(answer.version)).toBeGreaterThanOrEqual(BigInt(version))
      for (const changed of answer.cells) known.set(changed.seq, changed)
      version = answer.version
      if (answer.more) continue
      if (last) return known
      // One more round after the writers have stopped.
      last = !writing
    }
  }
  const work = async (worker: number) => {
    for (let turn = 0; turn < 30; turn++) {
      const claim = `${worker}:${turn}`
      const studyId = (worker + turn) % 2 ? one.id : other.id
      for (const render of await claimRenders(ledger, claimOf(studyId, claim, 2))) {
        if (turn % 5 === 1) await releaseRender(ledger, { key: render.key, claim })
        else if (turn % 5 === 2) await failRender(ledger, { key: render.key, claim, error: 'no' })
        else await finish(ledger, render, claim)
      }
      await markCells(ledger, studyId, [(worker * 7 + turn) % size], { rating: 3 })
      if (turn % 10 === 9) await retryFailed(ledger, studyId)
      if (turn % 10 === 4)
        await enqueueCells(ledger, {
          studyId: one.id,
          pack,
          base,
          cells: [cell(size + turn, { seed: turn })],
        })
    }
  }

  const readers = [follow(one.id), follow(other.id)]
  await Promise.all([0, 1, 2, 3].map(work))
  writing = false

  for (const [index, reader] of readers.entries()) {
    const { cells } = await listCells(ledger, [one.id, other.id][index]!)
    const seen = await reader
    expect(cells.length).toBeGreaterThanOrEqual(size)
    expect([...seen.values()].sort((a, b) => a.seq - b.seq)).toEqual(cells.sort((a, b) => a.seq - b.seq))
  }
  // No cell is ahead of its study: a reader at the study's version has seen it.
  const { rows } = await ledger.pool.query(
    `select s.id from "Study" s where s.version < (select max(version) from "Cell" where "studyId" = s.id)`,
  )
  expect(rows).toEqual([])
})

it('never cuts a version in two, however small the page', async () => {
  const study = await runningStudy(ledger, seedCells(12, 9000))
  await claimRenders(ledger, claimOf(study.id, 'p:1', 5))
  await claimRenders(ledger, claimOf(study.id, 'p:2', 4))
  await releaseRender(ledger, { key: seedCells(1, 9000)[0]!.key, claim: 'p:1' })

  const pages: number[][] = []
  for (let version = '0', more = true; more; ) {
    const page = await listCells(ledger, study.id, { afterVersion: version, limit: 1 })
    // What renders now is on every page; what is left is the page's own.
    const own = page.cells.filter(
      (one) => BigInt(one.version) > BigInt(version) && BigInt(one.version) <= BigInt(page.version),
    )
    pages.push(own.map((one) => one.seq))
    version = page.version
    more = page.more
  }

  expect(pages).toEqual([[9, 10, 11], [1, 2, 3, 4], [5, 6, 7, 8], [0]])
})

it('announces each study once per transaction, and again after its connection was lost', async () => {
  const study = await runningStudy(ledger, seedCells(3, 7000))
  const heard: string[] = []
  let reconnected = 0
  const ear = await listen(ledger.url, (id) => heard.push(id), { onReconnect: () => reconnected++ })

  const renders = await claimRenders(ledger, claimOf(study.id, 'a:1', 3))
  await settled(() => heard.length > 0)
  expect(heard).toEqual([study.id])

  await reportProgress(ledger, { key: renders[0]!.key, claim: 'a:1', step: 1, of: 25 })
  await settled(() => heard.length > 1)
  expect(heard).toEqual([study.id, study.id])

  await ledger.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'teststrip listen' and datname = current_database()`,
  )
  await settled(() => reconnected > 0)
  expect(reconnected).toBe(1)
  await finish(ledger, renders[0]!, 'a:1')
  await settled(() => heard.length > 2)
  expect(heard).toHaveLength(3)

  await ear.close()
  await setStudyStatus(ledger, study.id, 'paused')
  expect(heard).toHaveLength(3)
})

it('moves the version with the status of the study', async () => {
  const study = await runningStudy(ledger, [])
  const before = (await getStudy(ledger, study.id))!

  expect(await setStudyStatus(ledger, study.id, 'paused')).toBe(true)
  expect(await setStudyStatus(ledger, study.id, 'draft')).toBe(false)
  const after = (await getStudy(ledger, study.id))!

  expect(after.status).toBe('paused')
  expect(BigInt(after.version)).toBe(BigInt(before.version) + 1n)
})

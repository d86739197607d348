import { sha256 } from '#blobs'
import {
  claimRenders,
  createStudy,
  enqueueCells,
  finishEnqueue,
  finishRender,
  getStudy,
  knownDone,
  type Ledger,
  setStudyStatus,
  statusLine,
  studyRate,
} from '#prisma'
import { expandPlan, makePlan, type Plan, planKeys, preflight } from '#study'
import { smallPack as pack } from '#study/testing'
import { measured, type Row } from '../report.ts'
import { largeStudy } from './large-study.ts'
import { median, percentile } from './percentile.ts'

const mebi = 2 ** 20

/** The ledger's side of a study of 100,000 cells: from its text to the first pictures that lanes claim. */
export async function ledgerRows(ledger: Ledger): Promise<Row[]> {
  const count = await medianMs(21, () => makePlan(largeStudy, pack))
  const { plan } = makePlan(largeStudy, pack)
  if (!plan) throw new Error('The large study has problems.')

  // Twice: a database whose files are new grows them first.
  await enqueue(ledger, plan)
  const { id, seconds, bytes } = await enqueue(ledger, {
    ...plan,
    pack: { ...plan.pack, hash: 'b'.repeat(64) },
  })
  const again = await medianMs(1, () => enqueueAgain(ledger, id, plan))
  await setStudyStatus(ledger, id, 'running')
  const { claims, keys } = await claimOneByOne(ledger, id, 500)
  // A page whose study has a rate asks for more.
  for (const [turn, key] of keys.slice(0, 50).entries()) await finish(ledger, key, `bench:${turn}`)
  const firstData = await medianMs(9, () => readFirstData(ledger, id))
  const forecast = await medianMs(3, () => preflightOf(ledger, plan))
  // No worker is to take it up: nobody has its pack.
  await setStudyStatus(ledger, id, 'cancelled')

  return [
    row(`count of ${plan.size} cells on ${plan.axes.length} axes, every rule checked`, count, 'ms', 5),
    row('expand and enqueue', seconds, 's', 3),
    row('memory for it', bytes / mebi, 'MiB', 300),
    measured('enqueue again, nothing new', again / 1000, 's'),
    row('claim, median', median(claims), 'ms', 5),
    row('claim, p95', percentile(claims, 0.95), 'ms', 5),
    row('first data of the study page', firstData, 'ms', 150),
    row('pre-flight, known renders counted exactly', forecast / 1000, 's', 1),
  ]
}

const row = (what: string, value: number, unit: string, most: number): Row =>
  measured(what, value, unit, { text: `< ${most}`, ok: value < most })

async function medianMs(times: number, work: () => unknown): Promise<number> {
  const all: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const begun = performance.now()
    await work()
    all.push(performance.now() - begun)
  }

  return median(all)
}

/** Expands and enqueues as the studio does, and watches what that adds to this process. */
async function enqueue(ledger: Ledger, plan: Plan): Promise<{ id: string; seconds: number; bytes: number }> {
  const { id } = await createStudy(ledger, { file: plan.file })
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 10)
  const begun = performance.now()
  await enqueueCells(ledger, {
    studyId: id,
    pack: plan.pack,
    base: plan.base,
    cells: expandPlan(plan, sha256),
  })
  const seconds = (performance.now() - begun) / 1000
  clearInterval(watch)
  await finishEnqueue(ledger, { studyId: id, size: plan.size })

  return { id, seconds, bytes: most - before }
}

async function enqueueAgain(ledger: Ledger, id: string, plan: Plan): Promise<void> {
  const same = { ...plan, pack: { ...plan.pack, hash: 'b'.repeat(64) } }
  await enqueueCells(ledger, {
    studyId: id,
    pack: same.pack,
    base: same.base,
    cells: expandPlan(same, sha256),
  })
}

async function claimOneByOne(
  ledger: Ledger,
  studyId: string,
  times: number,
): Promise<{ claims: number[]; keys: string[] }> {
  const claims: number[] = []
  const keys: string[] = []
  for (let turn = 0; turn < times; turn++) {
    const begun = performance.now()
    const claimed = await claimRenders(ledger, {
      ...{ studyId, claim: `bench:${turn}`, device: 'bench/none', packHash: 'b'.repeat(64), limit: 1 },
    })
    if (claimed.length !== 1) throw new Error('A claim found nothing.')
    claims.push(performance.now() - begun)
    keys.push(claimed[0]!.key)
  }

  return { claims, keys }
}

const finish = (ledger: Ledger, key: string, claim: string): Promise<boolean> =>
  finishRender(ledger, {
    ...{ key, claim, image: sha256(key), bytes: 1, width: 64, height: 64, metrics: {}, seconds: 1 },
    timings: { secondsPerStep: 0.1, secondsFixed: 0, perCutSeconds: 0 },
  })

/** What the page of a study asks the ledger before it shows its first cell. */
async function readFirstData(ledger: Ledger, id: string): Promise<void> {
  const study = (await getStudy(ledger, id))!
  const { plan } = makePlan(study.file, pack)
  await Promise.all([studyRate(ledger, id), statusLine(ledger, id, plan!.size)])
}

async function preflightOf(ledger: Ledger, plan: Plan): Promise<void> {
  const keys = [...planKeys(plan, sha256)]
  const known = await knownDone(
    ledger,
    [...new Set(keys)].filter((key) => key !== null),
  )
  preflight(plan, { keys, known, speeds: new Map(), devices: [{ memory: 16e9, batch: 1 }] })
}

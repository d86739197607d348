import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Ledger, openLedger } from '#prisma'
import { buildWeb } from '../stack/web.ts'
import { type Check, checkAfter, compareRuns, failedLanes, picturesOf } from './checks.ts'
import { kinds, letLoose, type MonkeyReport } from './monkey.ts'
import { randomFrom } from './random.ts'
import { runStudies } from './run-studies.ts'
import { type SoakStack, startSoakStack } from './soak-stack.ts'
import { Watch } from './watch.ts'

/**
 * `npm run soak -- [--kills 60] [--minutes 12] [--seed N] [--keep]`: studies on the starter pack while everything is
 * killed at random moments, then the same studies undisturbed, and whether anybody can tell the difference. Exit code
 * 0: no. 1: yes, or something did not end. The data folders are kept then, and named.
 */
const asked = z
  .object({
    kills: z.coerce.number().int().min(1).default(60),
    minutes: z.coerce.number().positive().default(12),
    seed: z.coerce
      .number()
      .int()
      .default(() => Math.floor(Math.random() * 1e9)),
    keep: z.boolean().default(false),
  })
  .parse(
    parseArgs({
      options: {
        kills: { type: 'string' },
        minutes: { type: 'string' },
        seed: { type: 'string' },
        keep: { type: 'boolean' },
      },
    }).values,
  )
const { kills, minutes, seed, keep } = asked
/** To finish what is begun when the last kill is done. */
const graceMs = 10 * 60_000
const began = performance.now()
const say = (line: string): void => console.error(`${clock()}  ${line}`)

const folder = mkdtempSync(join(tmpdir(), 'teststrip-soak-'))
say(`seed ${seed}: ${kills} kills in about ${minutes} minutes; data in ${folder}`)
buildWeb(say)
const disturbed = await disturbedRun()
say(`${disturbed.pictures.length} studies, ${disturbed.renders} renders; now the same undisturbed`)
const undisturbed = await undisturbedRun(disturbed.pictures.length)
const checks = [...disturbed.checks, compareRuns(disturbed.pictures, undisturbed)]
const isWell = checks.every((check) => check.wrong.length === 0)
console.log(summary(disturbed, checks))
if (isWell && !keep) rmSync(folder, { recursive: true, force: true })
else say(`kept: ${folder}`)
process.exit(isWell ? 0 : 1)

interface DisturbedRun {
  pictures: (string | null)[][]
  renders: number
  monkey: MonkeyReport
  /** Why, one sentence each. */
  failedLanes: string[]
  checks: Check[]
}

async function disturbedRun(): Promise<DisturbedRun> {
  return withStack('disturbed', async (stack, ledger) => {
    const stopping = new AbortController()
    const watch = new Watch(ledger)
    const watching = watch.until(stopping.signal)
    const random = randomFrom(seed)
    const giveUp = new AbortController()
    let isLoose = true
    const loose = letLoose({
      stack,
      ledger,
      random,
      kills,
      everyMs: (minutes * 60_000) / kills,
      say,
    }).finally(() => {
      isLoose = false
      setTimeout(() => giveUp.abort(), graceMs).unref()
    })
    const [monkey, studies] = await Promise.all([
      loose,
      runStudies({ stack, ledger, wantsMore: () => isLoose, signal: giveUp.signal }),
    ])
    stopping.abort()
    await watching
    await watch.look()
    const checks = await settled(() => checkAfter({ stack, ledger, studies, changed: watch.changed }))
    const pictures = await Promise.all(studies.map((id) => picturesOf(ledger, id)))

    return {
      ...{ pictures, renders: watch.count, monkey, checks },
      failedLanes: await failedLanes(stack.temporal),
    }
  })
}

function undisturbedRun(count: number): Promise<(string | null)[][]> {
  return withStack('undisturbed', async (stack, ledger) => {
    const signal = AbortSignal.timeout(minutes * 60_000 + graceMs)
    const studies = await runStudies({ stack, ledger, wantsMore: (started) => started < count, signal })

    return Promise.all(studies.map((id) => picturesOf(ledger, id)))
  })
}

async function withStack<T>(name: string, use: (stack: SoakStack, ledger: Ledger) => Promise<T>): Promise<T> {
  const stack = await startSoakStack(join(folder, name))
  const ledger = openLedger({ url: stack.databaseUrl })
  // Clients of a server that is killed on purpose.
  ledger.pool.on('error', () => undefined)
  try {
    return await use(stack, ledger)
  } finally {
    await ledger.close()
    await stack.stop()
  }
}

/** Lanes end a moment after their study; what is still wrong after a minute is wrong. */
async function settled(look: () => Promise<Check[]>): Promise<Check[]> {
  for (let tries = 1; ; tries++) {
    const checks = await look()
    if (tries === 12 || checks.every((check) => check.wrong.length === 0)) return checks
    await new Promise((resolve) => setTimeout(resolve, 5_000))
  }
}

function summary({ pictures, renders, monkey, failedLanes }: DisturbedRun, all: Check[]): string {
  const cells = pictures.reduce((sum, study) => sum + study.length, 0)
  const { held, takenOver } = monkey.frozen
  const lines = [
    `soak · seed ${seed} · ${cpus().length} cores, Node ${process.version} · ${clock()}`,
    '',
    `${pictures.length} studies, ${cells} cells, ${renders} renders`,
    `killed: ${kinds.map((kind) => `${kind} ${monkey.kills[kind]}`).join(' · ')}`,
    `frozen workers held ${held} renders; ${takenOver} had been taken over when they woke`,
    `devices set aside and brought back: ${monkey.broughtBack}`,
    `lanes that gave up and were replaced: ${failedLanes.length}`,
    ...failedLanes.map((reason) => `    ${reason}`),
    '',
    ...all.flatMap(({ what, wrong }) => [
      `${what.padEnd(32)}${wrong.length === 0 ? 'yes' : `NO (${wrong.length})`}`,
      ...wrong.slice(0, 8).map((sentence) => `    ${sentence}`),
    ]),
  ]

  return lines.join('\n')
}

function clock(): string {
  const seconds = Math.round((performance.now() - began) / 1_000)

  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

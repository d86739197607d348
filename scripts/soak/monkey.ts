import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bringDeviceBack, type Ledger, listDevices } from '#prisma'
import type { SoakStack } from './soak-stack.ts'

export const kinds = ['renderer', 'worker', 'temporal', 'postgres', 'web', 'frozen worker'] as const
export type Kind = (typeof kinds)[number]
export type Kills = Record<Kind, number>

/** How often each is chosen, in parts of a hundred. */
const weights: Kills = {
  renderer: 30,
  worker: 24,
  temporal: 12,
  postgres: 12,
  web: 8,
  'frozen worker': 14,
}
/** Activities count as dead after 30 s without a heartbeat, devices after 15 s. */
const freezeMs = { least: 34_000, most: 44_000 }
const workers = ['worker-1', 'worker-2'] as const

export interface MonkeyOptions {
  stack: SoakStack
  ledger: Ledger
  random: () => number
  kills: number
  /** Mean time between kills. */
  everyMs: number
  say: (line: string) => void
}

export interface MonkeyReport {
  kills: Kills
  /** Renders that frozen workers held, and how many of them others had taken over when they woke. */
  frozen: { held: number; takenOver: number }
  /** Devices that were set aside, since three kills in a row look like a broken one, and brought back. */
  broughtBack: number
}

/**
 * Kills with SIGKILL, at random moments, until `kills` is reached; freezes workers with SIGSTOP for longer than any
 * heartbeat waits, so that they wake as zombies. Each kind comes up at least once.
 */
export async function letLoose(options: MonkeyOptions): Promise<MonkeyReport> {
  const { random, kills, everyMs, say } = options
  const report: MonkeyReport = {
    kills: Object.fromEntries(kinds.map((kind) => [kind, 0])) as Kills,
    frozen: { held: 0, takenOver: 0 },
    broughtBack: 0,
  }
  const first = [...kinds].sort(() => random() - 0.5)
  const frozen = new Map<string, Promise<void>>()

  for (let done = 0; done < kills; ) {
    await sleep(everyMs * (0.3 + 1.4 * random()))
    report.broughtBack += await bringBack(options.ledger).catch(() => 0)
    const kind = first[0] ?? choose(random)
    const at = random()
    const length = freezeMs.least + random() * (freezeMs.most - freezeMs.least)
    const struck = await strike({ ...options, kind, at, length, frozen, report }).catch(() => null)
    if (!struck) continue

    first.splice(0, 1)
    done++
    report.kills[kind]++
    say(`${String(done).padStart(3)}  ${struck}`)
  }
  await Promise.all(frozen.values())
  report.broughtBack += await bringBack(options.ledger)

  return report
}

/** As a person would who sees them on the fleet page. */
async function bringBack(ledger: Ledger): Promise<number> {
  const aside = (await listDevices(ledger)).filter((device) => device.aside !== null)
  for (const { id } of aside) await bringDeviceBack(ledger, id)

  return aside.length
}

/** Null when there is nobody of that kind to strike just now. */
async function strike(
  options: MonkeyOptions & {
    kind: Kind
    /** Where among the candidates, 0 … 1. */
    at: number
    length: number
    frozen: Map<string, Promise<void>>
    report: MonkeyReport
  },
): Promise<string | null> {
  const { stack, kind, at, length, frozen, report, ledger, say } = options
  if (kind === 'postgres' || kind === 'temporal' || kind === 'web') {
    const pid = stack.services[kind].pid()
    if (pid === null) return null
    process.kill(pid, 'SIGKILL')

    return `${kind} (process ${pid})`
  }

  const awake = workers.filter((name) => !frozen.has(name) && stack.services[name].pid() !== null)
  const name = awake[Math.floor(at * awake.length)]
  if (!name) return null
  const pid = stack.services[name].pid()!
  // The fleet takes a picture at which everything dies or falls silent for poison, and fails it: that is not what is
  // tested here.
  if (await isWeary(ledger, deviceOf(stack.data, pid))) return null

  if (kind === 'worker') {
    process.kill(pid, 'SIGKILL')

    return `${name} (process ${pid})`
  }
  if (kind === 'renderer') {
    const renderer = rendererOf(pid)
    if (renderer === null) return null
    process.kill(renderer, 'SIGKILL')

    return `renderer of ${name} (process ${renderer})`
  }

  // One at a time, or nobody would be left to take over.
  if (frozen.size > 0) return null
  const held = await heldBy(ledger, deviceOf(stack.data, pid))
  const alone = at < 0.5
  process.kill(alone ? pid : -pid, 'SIGSTOP')
  const thaw = async (): Promise<void> => {
    await sleep(length)
    const left = await heldStill(ledger, held).catch(() => held.length)
    report.frozen.held += held.length
    report.frozen.takenOver += held.length - left
    say(`     ${name} wakes; of ${held.length} renders it held, ${held.length - left} are others' by now`)
    process.kill(alone ? pid : -pid, 'SIGCONT')
    frozen.delete(name)
  }
  frozen.set(
    name,
    thaw().catch((error: Error) => say(`     ${name}: ${error.message}`)),
  )

  return `${name} frozen for ${Math.round(length / 1_000)} s, its renderer ${alone ? 'not' : 'too'} (process ${pid})`
}

function choose(random: () => number): Kind {
  let left = random() * 100
  for (const kind of kinds) {
    left -= weights[kind]
    if (left < 0) return kind
  }

  return 'renderer'
}

/** The renderer is the child that runs its script; `tsx` has helpers of its own. */
function rendererOf(worker: number): number | null {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n')
  for (const line of lines) {
    const [pid, parent, ...args] = line.trim().split(/\s+/)
    if (Number(parent) === worker && args.some((word) => word.endsWith('renderer/main.ts')))
      return Number(pid)
  }

  return null
}

/** The name that the process took for its device, from the files of names in use. */
function deviceOf(data: string, pid: number): string | null {
  const folder = join(data, 'devices')
  const file = readdirSync(folder).find((name) => readFileSync(join(folder, name), 'utf8') === String(pid))

  return file ? file.replace(/\.pid$/, '') : null
}

interface HeldRender {
  key: string
  claim: string
}

async function heldBy(ledger: Ledger, device: string | null): Promise<HeldRender[]> {
  const { rows } = await ledger.pool.query<HeldRender>(
    `select key, claim from "Render" where status = 'rendering' and device like '%/' || $1`,
    [device],
  )

  return rows
}

async function heldStill(ledger: Ledger, held: HeldRender[]): Promise<number> {
  const { rows } = await ledger.pool.query(
    `select from "Render" r join unnest($1::text[], $2::text[]) as h(key, claim) on h.key = r.key and h.claim = r.claim`,
    [held.map((render) => render.key), held.map((render) => render.claim)],
  )

  return rows.length
}

async function isWeary(ledger: Ledger, device: string | null): Promise<boolean> {
  const { rows } = await ledger.pool.query(
    `select from "Render" where status = 'rendering' and deaths >= 2 and device like '%/' || $1`,
    [device],
  )

  return rows.length > 0
}

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** When a process began, as the system tells it: with the pid it names one process for good, however pids are reused. */
export function birthOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')

      // Field 3 is the state: a zombie has ended, only nobody has asked yet.
      return fields[0] === 'Z' ? null : fields[19]!
    }

    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

function recordPath(data: string, name: string): string {
  return join(data, 'run', `${name}.pid.json`)
}

export function rememberProcess(data: string, name: string, pid: number): void {
  writeFileSync(recordPath(data, name), JSON.stringify({ pid, birth: birthOf(pid) }))
}

/** The remembered process if it still runs, else null. */
export function rememberedProcess(data: string, name: string): number | null {
  const path = recordPath(data, name)
  if (!existsSync(path)) return null
  try {
    const { pid, birth } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; birth: string | null }

    return birth !== null && birthOf(pid) === birth ? pid : null
  } catch {
    // A record cut off by a crash names nobody.
    return null
  }
}

export function forgetProcess(data: string, name: string): void {
  rmSync(recordPath(data, name), { force: true })
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended in the meantime, which is what was wanted.
    }
  }
}

/** Asks a process (and its group) to end, and makes it end when `graceMs` has passed. */
export async function endProcess(
  pid: number,
  options: { signal?: NodeJS.Signals; graceMs: number },
): Promise<void> {
  const birth = birthOf(pid)
  const isAlive = () => birth !== null && birthOf(pid) === birth
  signalGroup(pid, options.signal ?? 'SIGTERM')
  const deadline = Date.now() + options.graceMs
  while (isAlive() && Date.now() < deadline) await sleep(25)
  if (!isAlive()) return
  signalGroup(pid, 'SIGKILL')
  while (isAlive()) await sleep(10)
}

/** Ends what an earlier start, killed before it could tidy up, has left running. */
export async function endLeftover(data: string, name: string): Promise<void> {
  const pid = rememberedProcess(data, name)
  if (pid !== null) await endProcess(pid, { graceMs: 3000 })
  forgetProcess(data, name)
}

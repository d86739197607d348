import { readFileSync } from 'node:fs'

/**
 * How many processes this system has ended since it started because memory ran out; null where it does not tell. A
 * process killed that way looks like any other that was killed: only this count says why.
 */
export function oomKills(): number | null {
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))

    return found ? Number(found[1]) : null
  } catch {
    return null
  }
}

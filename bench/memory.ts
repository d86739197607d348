import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  command: string
  rss: number
}

function readProcess(pid: number): Process | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')

    return { pid, parent: field('PPid'), command, rss: field('VmRSS') * 1024 }
  } catch {
    // It ended while the list was read.
    return null
  }
}

/** What a process of the stack is called in the report, by its command line. */
const kinds: [RegExp, string][] = [
  [/renderer\/main\.ts/, 'renderer'],
  [/worker\/main\.ts/, 'worker'],
  [/next.*start|next-server/, 'dashboard'],
  [/temporal.*start-dev/, 'Temporal'],
  [/postgres/, 'Postgres, all processes'],
]

/** Resident bytes of everything below `ancestor`, summed by kind. Linux only: it reads /proc. */
export function residentBytes(ancestor: number): Map<string, number> {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((found) => found !== null)
  const family = new Set([ancestor])
  // Parents have smaller pids only by habit, so go round until nothing is added.
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }

  const sums = new Map<string, number>()
  for (const { pid, command, rss } of all) {
    if (!family.has(pid)) continue
    const kind =
      pid === ancestor
        ? 'teststrip start'
        : (kinds.find(([pattern]) => pattern.test(command))?.[1] ?? 'other')
    sums.set(kind, (sums.get(kind) ?? 0) + rss)
  }

  return sums
}

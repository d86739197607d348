import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startStack } from '../scripts/stack/index.ts'
import { residentBytes } from './memory.ts'
import { machine, measured, type Report } from './report.ts'

interface StudyAnswer {
  status: string
  progress: { counts: { done: number } }
  startedAt: string
  finishedAt: string
}

interface CellAnswer {
  seconds: number | null
}

async function read<T>(url: string): Promise<T> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)

  return (await response.json()) as T
}

/**
 * The bundled sample study on a fresh installation: cells per minute, the share of the time that no renderer was
 * rendering, and what every process holds in memory at its largest.
 */
export async function firstSheet(): Promise<Report> {
  const data = mkdtempSync(join(tmpdir(), 'teststrip-bench-'))
  chmodSync(data, 0o755)
  process.env.TESTSTRIP_DATA = data
  const clock = performance.now()
  const stack = await startStack({ demo: true, open: false, say: (line) => console.error(`• ${line}`) })
  const startSeconds = (performance.now() - clock) / 1000
  try {
    const { studies } = await read<{ studies: { id: string }[] }>(`${stack.url}/api/studies`)
    const id = studies[0]?.id
    if (!id) throw new Error('The sample study did not start.')
    const peaks = new Map<string, number>()
    let study = await read<StudyAnswer>(`${stack.url}/api/studies/${id}`)
    while (study.status !== 'finished') {
      for (const [kind, bytes] of residentBytes(process.pid))
        peaks.set(kind, Math.max(bytes, peaks.get(kind) ?? 0))
      await sleep(500)
      study = await read<StudyAnswer>(`${stack.url}/api/studies/${id}`)
    }

    const { cells } = await read<{ cells: CellAnswer[] }>(`${stack.url}/api/studies/${id}/cells`)
    const rendering = cells.reduce((sum, cell) => sum + (cell.seconds ?? 0), 0)
    const wall = (Date.parse(study.finishedAt) - Date.parse(study.startedAt)) / 1000
    const outside = 100 * (1 - rendering / wall)

    return {
      name: 'first-sheet',
      machine: machine(),
      rows: [
        measured('start to healthy', startSeconds, 's'),
        measured('cells', study.progress.counts.done, 'cells'),
        measured('from start to finished', wall, 's'),
        measured('rate', (60 * study.progress.counts.done) / wall, 'cells/min'),
        measured('time outside the renderer', outside, '%', { text: '< 5', ok: outside < 5 }),
        ...[...peaks].map(([kind, bytes]) => measured(`peak memory, ${kind}`, bytes / 2 ** 20, 'MiB')),
      ],
    }
  } finally {
    await stack.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

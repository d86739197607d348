import { setTimeout as sleep } from 'node:timers/promises'
import type { Ledger } from '#prisma'
import { ask } from './ask.ts'
import type { SoakStack } from './soak-stack.ts'
import { soakStudy } from './soak-study.ts'

const together = 3

/**
 * Starts one study after another over the dashboard, as a person would, three at a time, as long as `wantsMore`
 * says so; resolves to their ids when all have finished.
 */
export async function runStudies(options: {
  stack: SoakStack
  ledger: Ledger
  wantsMore: (started: number) => boolean
  /** Give up on studies that do not finish. */
  signal: AbortSignal
}): Promise<string[]> {
  const { stack, ledger, wantsMore, signal } = options
  const started: string[] = []

  while (!signal.aborted) {
    const unfinished = await countUnfinished(ledger, started).catch(() => together)
    if (unfinished === 0 && !wantsMore(started.length)) break
    if (unfinished < together && wantsMore(started.length)) {
      const { id } = (await ask(`${stack.url}/api/studies`, soakStudy(started.length))) as { id: string }
      await ask(`${stack.url}/api/studies/${id}/start`, {})
      started.push(id)
      continue
    }
    await sleep(250)
  }

  return started
}

async function countUnfinished(ledger: Ledger, studies: string[]): Promise<number> {
  const { rowCount } = await ledger.pool.query(
    `select from "Study" where id = any($1::uuid[]) and status <> 'finished'`,
    [studies],
  )

  return rowCount ?? 0
}

import type { CDPSession, Page } from '@playwright/test'

interface TraceEvent {
  name: string
  cat: string
  ph: string
  ts: number
  dur?: number
  /** Processor time of its thread, microseconds. */
  tdur?: number
  pid: number
  tid: number
  args: { name?: string; data?: { name?: string } }
}

/**
 * Work of the page's main thread while something was done to it, in milliseconds of its processor time: what it waited
 * for the machine to do something else is not its work.
 */
export interface MainThread {
  /** Of each frame of a sixtieth of a second in which anything was done. */
  frames: number[]
  longestTask: number
}

const frameMs = 1000 / 60

/** Traces the browser while `work` runs, and adds up what the page's main thread did. */
export async function traceMainThread(page: Page, work: () => Promise<void>): Promise<MainThread> {
  const session = await page.context().browser()!.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'toplevel', '__metadata'] },
  })
  await work()
  await endOf(session)
  await session.detach()

  return sumUp(events)
}

async function endOf(session: CDPSession): Promise<void> {
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
}

function sumUp(events: readonly TraceEvent[]): MainThread {
  const main = events.filter(
    ({ name, args, ph }) => ph === 'M' && name === 'thread_name' && args.name === 'CrRendererMain',
  )
  const tasks = events
    .filter(
      ({ name, dur, pid, tid }) =>
        dur !== undefined &&
        /RunTask$/.test(name) &&
        main.some((thread) => thread.pid === pid && thread.tid === tid),
    )
    .sort((a, b) => a.ts - b.ts)
  const start = tasks[0]?.ts ?? 0
  const frames = new Map<number, number>()
  let end = 0
  let longestTask = 0
  for (const { ts, dur, tdur } of tasks) {
    // Tasks within tasks count once.
    if (ts < end) continue
    end = ts + dur!
    const ms = (tdur ?? dur!) / 1000
    longestTask = Math.max(longestTask, ms)
    const frame = Math.floor((ts - start) / 1000 / frameMs)
    frames.set(frame, (frames.get(frame) ?? 0) + ms)
  }

  return { frames: [...frames.values()], longestTask }
}

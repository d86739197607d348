import { type Browser, chromium } from '@playwright/test'
import { openBlobs } from '#blobs'
import type { Ledger } from '#prisma'
import { freePort } from '../../scripts/stack/ports.ts'
import { buildWeb, startWeb } from '../../scripts/stack/web.ts'
import { median, percentile } from '../motor/percentile.ts'
import { withServers } from '../motor/servers.ts'
import { machine, measured, type Report, type Row } from '../report.ts'
import { firstUsefulPaint, heapBytes, pan, swap, zoom } from './drive.ts'
import { type FilledStudy, fillStudy } from './fill-study.ts'
import { type MainThread, traceMainThread } from './main-thread.ts'
import { servePlainPage } from './plain-page.ts'
import { keepFinishing } from './updates.ts'

/** 250 × 400 cells on three axes. */
const axes = [
  'clip_guidance_scale 10 .. 5000 count 50',
  'eta 0, 0.25, 0.5, 0.75, 1',
  'seed seeds 400 from 1000',
]
const size = 100_000
const queued = 8_000
const plainCount = 5_000
/** First useful paint is the median of so many. */
const loads = 5
const viewport = { width: 1440, height: 900 }

/** A study of 100,000 cells in a browser, while 200 cells a second become finished. */
export async function viewer(): Promise<Report> {
  const say = (line: string) => console.error(`• ${line}`)
  buildWeb(say)

  return withServers(async ({ data, ledger, postgresUrl, temporal }) => {
    const blobs = openBlobs(`${data}/blobs`)
    say('Filling a study of 100,000 cells')
    const study = await fillStudy({ ledger, blobs, title: 'A hundred thousand', axes, queued })
    const web = await startWeb({
      data,
      port: await freePort(3400),
      env: {
        ...process.env,
        DATABASE_URL: postgresUrl,
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        TESTSTRIP_DATA: data,
        TESTSTRIP_BLOBS: `${data}/blobs`,
      },
    })
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH,
      args: ['--no-sandbox', '--enable-precise-memory-info'],
    })
    try {
      const ours = await measureOurs(browser, {
        url: `${web.url}/studies/${study.id}?cols=2&rows=0.1`,
        ledger,
        study,
      })
      const plain = await servePlainPage(blobs, { images: study.images, count: plainCount })
      const theirs = await measurePlain(browser, plain.url)
      plain.server.close()

      return { name: 'viewer', machine: machine(), rows: rowsOf(ours, theirs) }
    } finally {
      await browser.close()
      await web.service.stop()
    }
  })
}

interface Ours {
  paint: number
  moves: Record<'pan' | 'zoom' | 'swap', MainThread>
  swaps: number[]
  heap: number
  updates: number
}

async function measureOurs(
  browser: Browser,
  options: { url: string; ledger: Ledger; study: FilledStudy },
): Promise<Ours> {
  const { url, ledger, study } = options
  // The first request of a server compiles and connects; the measured one is what a person meets afterwards.
  const warm = await browser.newPage({ viewport })
  await firstUsefulPaint(warm, url)

  // Each in a browser that has never been here: nothing is cached.
  const paints: number[] = []
  let page = warm
  for (let turn = 0; turn < loads; turn++) {
    await page.close()
    page = await browser.newPage({ viewport })
    paints.push(await firstUsefulPaint(page, url))
  }
  const paint = median(paints)
  await page.waitForTimeout(8_000)
  const finishing = keepFinishing(ledger, study.id, { images: study.images, from: size - queued, to: size })
  const begun = performance.now()
  const swaps: number[] = []
  const moves = {
    zoom: await traceMainThread(page, () => zoom(page)),
    swap: await traceMainThread(page, async () => void swaps.push(...(await swap(page, 8)))),
    pan: { frames: [], longestTask: 0 } as MainThread,
  }
  // Far enough in that there is something to pan.
  await page.goto(`${url}&size=14`)
  await page.waitForTimeout(4_000)
  moves.pan = await traceMainThread(page, () => pan(page))
  const heap = await heapBytes(page)
  const updates = (await finishing.stop()) / ((performance.now() - begun) / 1000)
  await page.close()

  return { paint, moves, swaps, heap, updates }
}

async function measurePlain(
  browser: Browser,
  url: string,
): Promise<{ pan: MainThread; heap: number; paint: number }> {
  const page = await browser.newPage({ viewport })
  await page.goto(url)
  const paint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  )
  await page.waitForTimeout(3_000)
  const moved = await traceMainThread(page, () => pan(page))
  const heap = await heapBytes(page)
  await page.close()

  return { pan: moved, heap, paint }
}

function rowsOf(ours: Ours, theirs: Awaited<ReturnType<typeof measurePlain>>): Row[] {
  const frame = ({ frames }: MainThread) => percentile(frames, 0.95)
  const below = (what: string, value: number, unit: string, most: number): Row =>
    measured(what, value, unit, { text: `< ${most}`, ok: value < most })
  const besides = (row: Row, reference: number): Row => ({
    ...row,
    theirs: reference,
    ratio: reference / row.ours!,
  })
  const mebi = 2 ** 20

  return [
    besides(below(`first useful paint, median of ${loads}`, ours.paint, 'ms', 1500), theirs.paint),
    besides(below('pan, main thread per frame, p95', frame(ours.moves.pan), 'ms', 8), frame(theirs.pan)),
    below('zoom, main thread per frame, p95', frame(ours.moves.zoom), 'ms', 8),
    below('swap, main thread per frame, p95', frame(ours.moves.swap), 'ms', 8),
    below('swap of columns and rows, median', median(ours.swaps), 'ms', 100),
    besides(
      below('longest task while panning', ours.moves.pan.longestTask, 'ms', 50),
      theirs.pan.longestTask,
    ),
    below('longest task while zooming', ours.moves.zoom.longestTask, 'ms', 50),
    below('longest task while swapping', ours.moves.swap.longestTask, 'ms', 50),
    besides(below('JavaScript heap', ours.heap / mebi, 'MiB', 200), theirs.heap / mebi),
    measured('cells finished meanwhile', ours.updates, 'per second', {
      text: '> 190',
      ok: ours.updates > 190,
    }),
  ]
}

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { machine, type Report, type Row } from '../report.ts'
import { bytesPerPixel } from './bytes.ts'
import { makePictures } from './make-pictures.ts'
import type { Job } from './ours.ts'

interface Measurement {
  seconds: number
  width: number
  height: number
  bytes: number
  peak: number
}

interface Case {
  /** Name of the part, as it is asked for. */
  part: string
  what: string
  cells: number
  columns: number
  axes: string[]
  size: [width: number, height: number]
  format: Job['format']
  options?: Partial<Job['options']>
  /** Width of a cell on the pasted sheet; left out where pasting cannot do it. */
  paste?: number
  seconds?: number
  megabytes?: number
}

/** What is measured, or the parts of it that are named. */
const cases: Case[] = [
  {
    part: 'post',
    what: '100 cells, 2048 wide, PNG',
    ...{ cells: 100, columns: 10, axes: ['eta 0 .. 1 count 10', 'seed seeds 10 from 1'], size: [512, 512] },
    ...{ format: 'png', options: { size: '2048' }, paste: 170, seconds: 1 },
  },
  {
    part: 'gigapixel',
    what: '1,000 cells of 1280 × 768, PNG',
    ...{ cells: 1000, columns: 25, axes: ['eta 0 .. 1 count 25', 'seed seeds 40 from 1'], size: [1280, 768] },
    ...{ format: 'png', paste: 1280, seconds: 25, megabytes: 500 },
  },
  {
    part: 'gigapixel-jpg',
    what: '1,000 cells of 1280 × 768, JPEG',
    ...{ cells: 1000, columns: 25, axes: ['eta 0 .. 1 count 25', 'seed seeds 40 from 1'], size: [1280, 768] },
    ...{ format: 'jpg', megabytes: 500 },
  },
  {
    part: 'gigapixel-pdf',
    what: '1,000 cells of 1280 × 768, PDF',
    ...{ cells: 1000, columns: 25, axes: ['eta 0 .. 1 count 25', 'seed seeds 40 from 1'], size: [1280, 768] },
    ...{ format: 'pdf', options: { size: 'a3' }, megabytes: 500 },
  },
  {
    part: 'zip',
    what: '100,000 cells of 64 × 64, ZIP',
    ...{
      cells: 100_000,
      columns: 100,
      axes: ['eta 0 .. 1 count 100', 'seed seeds 1000 from 1'],
      size: [64, 64],
    },
    ...{ format: 'zip', megabytes: 500 },
  },
  {
    part: 'site',
    what: '100,000 cells of 64 × 64, tiled HTML',
    ...{
      cells: 100_000,
      columns: 100,
      axes: ['eta 0 .. 1 count 100', 'seed seeds 1000 from 1'],
      size: [64, 64],
    },
    ...{ format: 'site', megabytes: 500 },
  },
]

const run = promisify(execFile)

/** Sheets of known sizes: seconds and largest memory, beside the same pasted in memory as popular tools do it. */
export async function sheet(parts: readonly string[]): Promise<Report> {
  const known = [...cases.map(({ part }) => part), 'bytes']
  const unknown = parts.find((part) => !known.includes(part))
  if (unknown) throw new Error(`There is no part "${unknown}"; there are ${known.join(', ')}.`)
  const isAsked = (part: string) => parts.length === 0 || parts.includes(part)

  const home = process.env.TESTSTRIP_BENCH ?? join(tmpdir(), 'teststrip-bench')
  const folder = join(home, 'sheet')
  await mkdir(folder, { recursive: true })
  const python = pythonWithPillow()
  const rows: Row[] = []
  for (const each of cases.filter(({ part }) => isAsked(part))) {
    const pictures = join(folder, each.size.join('x'))
    await makePictures(pictures, ...each.size)
    console.error(`• ${each.what}`)
    const ours = await measure(each, pictures, folder)
    console.error(`  ${ours.seconds.toFixed(2)} s, ${mb(ours.peak)} MB, ${ours.width} × ${ours.height}`)
    const theirs = python && each.paste ? await pasted(python, each, pictures, folder) : null
    if (theirs) console.error(`  pasted: ${theirs.seconds.toFixed(2)} s, ${mb(theirs.peak)} MB`)
    rows.push(...rowsOf(each, ours, theirs))
  }

  if (isAsked('bytes')) rows.push(...(await bytesPerPixel()))

  return { name: 'sheet', machine: machine(), rows }
}

async function measure(each: Case, pictures: string, folder: string): Promise<Measurement> {
  const [width, height] = each.size
  const job: Job = {
    ...{ axes: each.axes, format: each.format, options: { theme: 'light', ...each.options } },
    ...{ folder: pictures, out: join(folder, `sheet.${each.format}`), width, height },
  }
  const script = join(import.meta.dirname, 'ours.ts')
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script, JSON.stringify(job)], {
    maxBuffer: 1 << 24,
  })

  return JSON.parse(stdout)
}

async function pasted(python: string, each: Case, pictures: string, folder: string): Promise<Measurement> {
  const [width, height] = each.size
  const cell = [each.paste!, Math.round((height * each.paste!) / width)]
  const out = join(folder, 'pasted.png')
  const script = join(import.meta.dirname, 'paste.py')
  const { stdout } = await run(
    python,
    [script, pictures, String(each.cells), String(each.columns), ...cell.map(String), out],
    { maxBuffer: 1 << 24 },
  )

  return JSON.parse(stdout)
}

/** `TESTSTRIP_PYTHON`, else the one that trains models; null where neither is there. */
function pythonWithPillow(): string | null {
  const own = join(import.meta.dirname, '../../models/training/.venv/bin/python')

  return process.env.TESTSTRIP_PYTHON ?? (existsSync(own) ? own : null)
}

const mb = (bytes: number) => Math.round(bytes / 1e6)

function rowsOf({ what, seconds, megabytes }: Case, ours: Measurement, theirs: Measurement | null): Row[] {
  const row = (name: string, unit: string, values: [number, number | null], most?: number): Row => ({
    what: `${what}: ${name}`,
    ours: values[0],
    theirs: values[1],
    unit,
    ratio: values[1] === null ? null : values[1] / values[0],
    target: most === undefined ? null : `≤ ${most} ${unit}`,
    ok: most === undefined ? null : values[0] <= most,
  })

  return [
    row('time', 's', [ours.seconds, theirs?.seconds ?? null], seconds),
    row('memory', 'MB', [mb(ours.peak), theirs && mb(theirs.peak)], megabytes),
    row('file', 'MB', [ours.bytes / 1e6, theirs && theirs.bytes / 1e6]),
  ]
}

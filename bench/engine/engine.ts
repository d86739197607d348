import { mkdirSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine, measured, type Report, type Row } from '../report.ts'
import { writeCheckpoints } from './checkpoints.ts'
import { writeInputs } from './inputs.ts'
import { type RowName, rowNames, rows, work } from './rows.ts'
import { difference, installTorch, type Measurement, ours, theirs, threads, torchVersion } from './sides.ts'

/** Both sides are measured so often, in turn, and the best counts: other work on the machine comes and goes. */
const rounds = 2
/** Up to which the two sides count as the same; where ReLUs flip, single precision itself is not better than 0.2 %. */
const tolerance = 0.01

/**
 * The engine's networks and a whole guided step against PyTorch: same machine, weights, inputs and number of threads.
 * PyTorch is given the memory layout that suits it better. A row fails if the two do not come to the same gradient.
 *
 * @param wanted names of rows; all of them when it is empty
 */
export async function engine(wanted: readonly string[]): Promise<Report> {
  const unknown = wanted.filter((name) => !rowNames.some((row) => row === name))
  if (unknown.length > 0)
    throw new Error(`There is no row "${unknown.join('", "')}"; there are ${rowNames.join(', ')}.`)
  const folder = process.env.TESTSTRIP_BENCH ?? join(tmpdir(), 'teststrip-bench-engine')
  mkdirSync(folder, { recursive: true })
  installTorch(folder)
  await writeCheckpoints(folder)
  writeInputs(folder)

  const gemm = best(Array.from({ length: 3 }, () => theirs('gemm', folder, 'plain')))
  const peak = (2 * 2048 ** 3) / gemm.seconds
  const found: Row[] = [measured('GEMM 2048³ in PyTorch: the peak', peak / 1e9, 'GFLOP/s')]
  for (const name of rowNames)
    if (wanted.length === 0 || wanted.includes(name)) found.push(...compare(name, folder, peak))
  const setting = `${threads} threads, PyTorch ${torchVersion(folder)}, load ${loadavg()[0]!.toFixed(1)}`

  return { name: 'engine', machine: `${machine()}, ${setting}`, rows: found }
}

function compare(name: RowName, folder: string, peak: number): Row[] {
  console.error(`• ${rows[name]}`)
  const mine: Measurement[] = []
  const other: Measurement[] = []
  for (let round = 0; round < rounds; round += 1) {
    mine.push(ours(name, folder))
    for (const layout of ['plain', 'channels_last'] as const) other.push(theirs(name, folder, layout))
  }
  // every draw of a whole step is random on either side
  const apart = name === 'step' ? 0 : difference(folder, name)
  if (apart > tolerance)
    throw new Error(`${rows[name]}: the two sides differ by ${apart}, so they did not do the same work.`)

  const [we, they] = [best(mine), best(other)]
  const target = name === 'step' ? 1.5 : 1
  const speed = they.seconds / we.seconds
  const memory = they.peak / we.peak
  const share = (seconds: number) => (100 * work[name]) / seconds / peak

  return [
    {
      what: rows[name],
      ours: 1000 * we.seconds,
      theirs: 1000 * they.seconds,
      unit: 'ms',
      ratio: speed,
      target: `≥ ${target} × as fast`,
      ok: speed >= target,
    },
    {
      what: '· peak memory',
      ours: we.peak / 2 ** 20,
      theirs: they.peak / 2 ** 20,
      unit: 'MiB',
      ratio: memory,
      target: 'not above',
      ok: memory >= 1,
    },
    {
      what: '· of the GEMM peak',
      ours: share(we.seconds),
      theirs: share(they.seconds),
      unit: '%',
      ratio: null,
      target: null,
      ok: null,
    },
  ]
}

/** The fastest; its memory is that of the same run. */
function best(all: readonly Measurement[]): Measurement {
  return all.reduce((a, b) => (b.seconds < a.seconds ? b : a))
}

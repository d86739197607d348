import { measured, type Row } from '../report.ts'
import type { Servers } from './servers.ts'
import { SleepingFleet, slots } from './sleeping-fleet.ts'

/** Time runs this many times as fast, or 10,000 cells of a second would take twenty minutes. */
const factor = 5
const cells = Number(process.env.TESTSTRIP_BENCH_CELLS ?? 10_000)

/**
 * The share by which the motor makes a study longer than its renders are. A picture takes a fifth of a second; what the
 * motor costs per cell does not shrink with it, so it is counted in slot time and held against cells of 1 s and of 4 s.
 */
export async function overheadRows(servers: Servers): Promise<Row[]> {
  const seconds = 1 / factor
  const taken = await SleepingFleet.use(servers, seconds, async (fleet) =>
    fleet.secondsOf(await fleet.start(cells)),
  )
  const ideal = (cells * seconds) / slots
  const perCell = (slots * (taken - ideal)) / cells

  return [
    measured(`${cells} cells of ${seconds} s on ${slots} slots`, taken, 's'),
    measured('the same without any overhead', ideal, 's'),
    measured('overhead of a cell, in slot time', 1000 * perCell, 'ms'),
    share(`… of a cell of 1 s (time × ${factor})`, perCell, 5),
    share(`… of a cell of 4 s (time × ${4 * factor})`, perCell / 4, 2),
  ]
}

/** The same at its full length, with fewer cells; start and end weigh more here. */
export async function wholeSecondRows(servers: Servers): Promise<Row[]> {
  const count = 960
  const taken = await SleepingFleet.use(servers, 1, async (fleet) =>
    fleet.secondsOf(await fleet.start(count)),
  )

  return [share(`${count} cells of a whole second on ${slots} slots`, (taken * slots) / count - 1, 5)]
}

const share = (what: string, value: number, most: number): Row =>
  measured(what, 100 * value, '%', { text: `≤ ${most}`, ok: 100 * value <= most })

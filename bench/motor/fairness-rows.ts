import { measured, type Row } from '../report.ts'
import type { Servers } from './servers.ts'
import { SleepingFleet, slots } from './sleeping-fleet.ts'

const small = 10
const large = 5_000

/** A small study alone, then started together with a large one that needs ten minutes: how much longer it takes. */
export async function fairnessRows(servers: Servers): Promise<Row[]> {
  return SleepingFleet.use(servers, 1, async (fleet) => {
    const alone = await fleet.secondsOf(await fleet.start(small))
    const other = await fleet.start(large)
    const together = await fleet.secondsOf(await fleet.start(small))
    await fleet.motor.cancel(other)
    const ratio = together / alone

    return [
      measured(`${small} cells of 1 s on ${slots} slots, alone`, alone, 's'),
      measured(`the same, started together with ${large} cells`, together, 's'),
      measured('times its solo time', ratio, '×', { text: '≤ 2', ok: ratio <= 2 }),
    ]
  })
}

import { machine, type Report, type Row } from '../report.ts'
import { cancelRows } from './cancel-rows.ts'
import { fairnessRows } from './fairness-rows.ts'
import { ledgerRows } from './ledger-rows.ts'
import { overheadRows, wholeSecondRows } from './overhead-rows.ts'
import { type Servers, withServers } from './servers.ts'

/** Each by itself takes a few minutes at most. */
const parts: Record<string, (servers: Servers) => Promise<Row[]>> = {
  ledger: ({ ledger }) => ledgerRows(ledger),
  overhead: overheadRows,
  'whole-seconds': wholeSecondRows,
  fairness: fairnessRows,
  cancel: cancelRows,
}

/** A study of 100,000 cells in the ledger, and what the motor costs beside the rendering. `asked` names parts; none: all. */
export async function motor(asked: readonly string[]): Promise<Report> {
  const unknown = asked.find((name) => !(name in parts))
  if (unknown) throw new Error(`There is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}.`)

  const rows: Row[] = []
  for (const [name, measure] of Object.entries(parts))
    if (asked.length === 0 || asked.includes(name)) rows.push(...(await withServers(measure)))

  return { name: 'motor', machine: machine(), rows }
}

import { machine, type Report } from '../report.ts'
import { ledgerRows } from './ledger-rows.ts'
import { overheadRows } from './overhead-rows.ts'
import { withServers } from './servers.ts'

/** A study of 100,000 cells in the ledger, and what the motor costs beside the rendering. Some five minutes. */
export async function motor(): Promise<Report> {
  const rows = await withServers(async (servers) => [
    ...(await ledgerRows(servers.ledger)),
    ...(await overheadRows(servers, {
      scaled: { cells: 10_000, seconds: 0.1 },
      unscaled: { cells: 480, seconds: 1 },
    })),
  ])

  return { name: 'motor', machine: machine(), rows }
}

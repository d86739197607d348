import type { Ledger } from './ledger.ts'
import { listCells } from './list-cells.ts'
import type { CellRow } from './types.ts'

const atOnce = 20_000

/** Every cell of a study as it stands, by place in the plan. */
export const allCells = async (ledger: Ledger, studyId: string): Promise<CellRow[]> => {
  const bySeq = new Map<number, CellRow>()
  for (let afterVersion = '0', more = true; more; ) {
    const page = await listCells(ledger, studyId, { afterVersion, limit: atOnce })
    for (const cell of page.cells) bySeq.set(cell.seq, cell)
    afterVersion = page.version
    more = page.more
  }

  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

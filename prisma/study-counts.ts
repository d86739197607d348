import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { assertStudyId, parseRows } from './row.ts'
import type { StudyCounts } from './types.ts'

const count = z.number().int()
export const countsRow = z.object({
  cells: count,
  excluded: count,
  queued: count,
  rendering: count,
  done: count,
  failed: count,
})

/** How many of a study's cells are what. `cells` counts them all, excluded ones too. */
export const studyCounts = async (ledger: Ledger, id: string): Promise<StudyCounts> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query(
    `select count(*)::int as cells,
            count(*) filter (where status = 'excluded')::int as excluded,
            count(*) filter (where status = 'queued')::int as queued,
            count(*) filter (where status = 'rendering')::int as rendering,
            count(*) filter (where status = 'done')::int as done,
            count(*) filter (where status = 'failed')::int as failed
     from "Cell" where "studyId" = $1`,
    [id],
  )

  return parseRows(countsRow, rows)[0]!
}

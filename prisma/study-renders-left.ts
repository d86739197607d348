import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'

/** Renders that a study waits for: queued or under way, each once however many cells show it. */
export const studyRendersLeft = async (ledger: Ledger, id: string): Promise<number> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ left: number }>(
    `select count(distinct "renderKey")::int as left from "Cell"
     where "studyId" = $1 and status in ('queued', 'rendering')`,
    [id],
  )

  return rows[0]!.left
}

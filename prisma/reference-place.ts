import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'

/** Where the picture lies that a study's others are measured against: the first cell that shows it, or null. */
export const referencePlace = async (ledger: Ledger, id: string): Promise<number | null> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ seq: number | null }>(
    `select min(c.seq) as seq from "Study" s join "Cell" c on c."studyId" = s.id and c."renderKey" = s.reference
     where s.id = $1 and c.status = 'done' and c.partial is null`,
    [id],
  )

  return rows[0]?.seq ?? null
}

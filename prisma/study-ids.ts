import type { Ledger } from './ledger.ts'

/** Ids of studies that begin so, at most two: whether there is one, and whether it is the only one. */
export const studyIds = async (ledger: Ledger, start: string): Promise<string[]> => {
  const { rows } = await ledger.pool.query<{ id: string }>(
    'select id from "Study" where starts_with(id::text, $1) limit 2',
    [start],
  )

  return rows.map((row) => row.id)
}

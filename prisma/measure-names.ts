import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'

/** Enough to meet every name: cells of one study differ in their measures only by the number of their prompts. */
const looked = 500

/** The names of the measures that pictures of a study have, from its first finished cells in render order. */
export const measureNames = async (ledger: Ledger, id: string): Promise<string[]> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ name: string }>(
    `select distinct jsonb_object_keys(metrics) as name from (
       select r.metrics from "Cell" c join "Render" r on r.key = c."renderKey"
       where c."studyId" = $1 and c.status = 'done' and jsonb_typeof(r.metrics) = 'object'
       order by c.rank limit ${looked}
     ) finished
     union select 'lpips' from "Study" where id = $1 and reference is not null
     order by name`,
    [id],
  )

  return rows.map(({ name }) => name)
}

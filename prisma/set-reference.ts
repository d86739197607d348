import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/**
 * Chooses the finished picture at place `seq` as the one that all others of the study are measured against, or none
 * (null). Distances to the one before are forgotten, and their cells told.
 */
export const setReference = (ledger: Ledger, id: string, seq: number | null): Promise<void> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    const version = await bumpStudy(client, id)
    if (version === null) throw noSuchStudy(id)
    const { rows } = await client.query<{ key: string }>(
      `select "renderKey" as key from "Cell"
       where "studyId" = $1 and seq = $2 and status = 'done' and partial is null`,
      [id, seq],
    )
    if (seq !== null && !rows[0])
      throw new TeststripError(
        'conflict',
        `Cell ${seq} has no finished picture that others could be measured against.`,
        {
          seq,
        },
      )
    await client.query('update "Study" set reference = $2 where id = $1', [id, rows[0]?.key ?? null])
    await client.query(
      `with gone as (delete from "Distance" where "studyId" = $1 returning "renderKey")
       update "Cell" c set version = $2 from gone where c."studyId" = $1 and c."renderKey" = gone."renderKey"`,
      [id, version],
    )
  })
}

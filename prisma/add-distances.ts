import type { Ledger } from './ledger.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/**
 * Keeps how far pictures of a study, by render key, are from its reference; their cells are told. What was measured
 * against a reference that is no longer the study's is dropped.
 *
 * @returns how many were new
 */
export const addDistances = (
  ledger: Ledger,
  measured: { studyId: string; reference: string; distances: ReadonlyMap<string, number> },
): Promise<number> =>
  transaction(ledger.pool, async (client) => {
    const { studyId, reference, distances } = measured
    const held = await client.query(
      'select from "Study" where id = $1 and reference = $2 for no key update',
      [studyId, reference],
    )
    if (held.rowCount === 0) return 0
    const { rows } = await client.query<{ key: string }>(
      `insert into "Distance" ("studyId", "renderKey", lpips)
       select $1, key, lpips from unnest($2::text[], $3::float8[]) as measured(key, lpips)
       on conflict do nothing returning "renderKey" as key`,
      [studyId, [...distances.keys()], [...distances.values()]],
    )
    if (rows.length === 0) return 0
    const version = await bumpStudy(client, studyId)
    await client.query(`update "Cell" set version = $3 where "studyId" = $1 and "renderKey" = any($2)`, [
      studyId,
      rows.map(({ key }) => key),
      version,
    ])

    return rows.length
  })

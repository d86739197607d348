import type { PoolClient } from 'pg'
import type { Ledger } from './ledger.ts'
import type { CellStatus } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** Cells by place, or all at one point of one axis: a row, a column, a page. */
export type CellChoice = { seqs: readonly number[] } | { axis: number; point: number }

/** The keys of the chosen cells, their renders held: the first of the three locks. */
const chooseKeys = async (client: PoolClient, studyId: string, choice: CellChoice): Promise<string[]> => {
  const [where, values] =
    'seqs' in choice
      ? ['seq = any($2)', [studyId, choice.seqs]]
      : ['coords[$2::int + 1] = $3', [studyId, choice.axis, choice.point]]
  const { rows } = await client.query<{ key: string }>(
    `select distinct "renderKey" as key from "Cell" where "studyId" = $1 and ${where}`,
    values,
  )
  const keys = rows.map((row) => row.key)
  await client.query('select from "Render" where key = any($1) order by key for update', [keys])

  return keys
}

/**
 * Leaves out cells by hand: those not done yet are excluded, as by a skip rule, until `includeCells`. A render under
 * way that nobody else waits for stops, and keeps its checkpoint. Belongs to the picture within its study, so it
 * outlives edits of the axes; cells of the study that share a picture share this too.
 *
 * @returns how many cells were left out
 */
export const skipCells = (ledger: Ledger, id: string, choice: CellChoice): Promise<number> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    const keys = await chooseKeys(client, id, choice)
    const version = await bumpStudy(client, id)
    if (version === null) throw noSuchStudy(id)
    const { rows } = await client.query<{ key: string }>(
      `update "Cell" set status = 'excluded', version = $3
       where "studyId" = $1 and "renderKey" = any($2) and status in ('queued', 'rendering', 'failed')
       returning "renderKey" as key`,
      [id, keys, version],
    )
    const skipped = [...new Set(rows.map((row) => row.key))]
    await client.query(
      `insert into "Mark" ("studyId", "renderKey", skipped) select $1::uuid, key, true from unnest($2::text[]) as key
       on conflict ("studyId", "renderKey") do update set skipped = true`,
      [id, skipped],
    )
    await client.query(
      `with stopped as (
         update "Render" r set status = 'queued', claim = null
         where r.key = any($1) and r.status = 'rendering'
           and not exists (select from "Cell" c where c."renderKey" = r.key and c.status <> 'excluded')
         returning r.key
       )
       delete from "Preview" where "renderKey" in (select key from stopped)`,
      [skipped],
    )

    return rows.length
  })
}

/**
 * Takes cells back that were left out by hand: they are what their render is by now. A finished study that has to render
 * some of them runs again.
 *
 * @returns how many cells were taken back
 */
export const includeCells = (ledger: Ledger, id: string, choice: CellChoice): Promise<number> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    const keys = await chooseKeys(client, id, choice)
    const version = await bumpStudy(client, id)
    if (version === null) throw noSuchStudy(id)
    const { rows } = await client.query<{ status: CellStatus }>(
      `with taken as (
         update "Mark" set skipped = false where "studyId" = $1 and "renderKey" = any($2) and skipped
         returning "renderKey" as key
       )
       update "Cell" c set status = r.status::text::"CellStatus", reused = r.status = 'done', version = $3
       from taken join "Render" r on r.key = taken.key
       where c."studyId" = $1 and c."renderKey" = taken.key and c.status = 'excluded' returning c.status`,
      [id, keys, version],
    )
    if (rows.some(({ status }) => status === 'queued' || status === 'rendering'))
      await client.query(
        `with woken as (
           update "Study" set status = 'running', "finishedAt" = null, "archivedAt" = null
           where id = $1 and status = 'finished' returning id
         )
         insert into "Event" ("studyId", actor, kind) select id, 'person', 'running' from woken`,
        [id],
      )

    return rows.length
  })
}

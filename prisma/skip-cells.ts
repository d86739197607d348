import type { PoolClient } from 'pg'
import type { Ledger } from './ledger.ts'
import type { CellStatus } from './life.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** Cells by place, or all at one point of one axis: a row, a column, a page. */
export type CellChoice = { seqs: readonly number[] } | { axis: number; point: number }

/** Pictures as two columns for `unnest`: keys of renders, and the steps whose intermediate pictures are meant (0: the finished one). */
interface Pictures {
  keys: string[]
  partials: number[]
}

const picturesOf = (rows: readonly { key: string; partial: number }[]): Pictures => ({
  keys: rows.map(({ key }) => key),
  partials: rows.map(({ partial }) => partial),
})

/** The pictures of the chosen cells, their renders held: the first of the three locks. */
const choosePictures = async (client: PoolClient, studyId: string, choice: CellChoice): Promise<Pictures> => {
  const [where, values] =
    'seqs' in choice
      ? ['seq = any($2)', [studyId, choice.seqs]]
      : ['coords[$2::int + 1] = $3', [studyId, choice.axis, choice.point]]
  const { rows } = await client.query<{ key: string; partial: number }>(
    `select distinct "renderKey" as key, coalesce(partial, 0) as partial from "Cell" where "studyId" = $1 and ${where}`,
    values,
  )
  const pictures = picturesOf(rows)
  await client.query('select from "Render" where key = any($1) order by key for update', [pictures.keys])

  return pictures
}

/**
 * Leaves out cells by hand: those not done yet are excluded, as by a skip rule, until `includeCells`. A render under
 * way that nobody else waits for stops, and keeps its checkpoint. Belongs to the picture within its study, so it
 * outlives edits of the axes; cells of the study that share a picture share this too, other steps of its run do not.
 *
 * @returns how many cells were left out
 */
export const skipCells = (ledger: Ledger, id: string, choice: CellChoice): Promise<number> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    const { keys, partials } = await choosePictures(client, id, choice)
    const version = await bumpStudy(client, id)
    if (version === null) throw noSuchStudy(id)
    const { rows } = await client.query<{ key: string; partial: number }>(
      `update "Cell" c set status = 'excluded', version = $4 from unnest($2::text[], $3::int[]) as picture(key, partial)
       where c."studyId" = $1 and c."renderKey" = picture.key and coalesce(c.partial, 0) = picture.partial
         and c.status in ('queued', 'rendering', 'failed')
       returning picture.key, picture.partial`,
      [id, keys, partials, version],
    )
    const skipped = picturesOf(rows)
    await client.query(
      `insert into "Mark" ("studyId", "renderKey", partial, skipped)
       select distinct $1::uuid, key, partial, true from unnest($2::text[], $3::int[]) as t(key, partial)
       on conflict ("studyId", "renderKey", partial) do update set skipped = true`,
      [id, skipped.keys, skipped.partials],
    )
    await client.query(
      `with stopped as (
         update "Render" r set status = 'queued', claim = null
         where r.key = any($1) and r.status = 'rendering'
           and not exists (select from "Cell" c where c."renderKey" = r.key and c.status <> 'excluded')
         returning r.key
       )
       delete from "Preview" where "renderKey" in (select key from stopped)`,
      [skipped.keys],
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
    const { keys, partials } = await choosePictures(client, id, choice)
    const version = await bumpStudy(client, id)
    if (version === null) throw noSuchStudy(id)
    const { rows } = await client.query<{ status: CellStatus }>(
      `with taken as (
         update "Mark" m set skipped = false from unnest($2::text[], $3::int[]) as picture(key, partial)
         where m."studyId" = $1 and m."renderKey" = picture.key and m.partial = picture.partial and m.skipped
         returning picture.key, picture.partial
       )
       update "Cell" c set status = r.status::text::"CellStatus", reused = r.status = 'done', version = $4
       from taken join "Render" r on r.key = taken.key
       where c."studyId" = $1 and c."renderKey" = taken.key and coalesce(c.partial, 0) = taken.partial
         and c.status = 'excluded'
       returning c.status`,
      [id, keys, partials, version],
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

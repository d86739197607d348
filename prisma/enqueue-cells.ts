import type { PoolClient } from 'pg'
import type { PackInfo, Recipe } from '#study'
import type { Ledger } from './ledger.ts'
import { recipeHash, recipePatcher } from './recipe-patch.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { studyChannel } from './stamp-cells.ts'
import { transaction } from './transaction.ts'
import type { NewCell } from './types.ts'

const batchSize = 5000

/**
 * Writes cells and the renders they need, 5,000 to a transaction, and reads `cells` no faster than it writes them.
 * Safe to repeat: a cell that is there already with the same key stays untouched; after an edit the cell takes its
 * new key, and whatever was rendered under that key before counts as done at once.
 *
 * @returns cells written (new or changed), and how many of those found their picture already made
 */
export const enqueueCells = async (
  ledger: Ledger,
  options: { studyId: string; pack: PackInfo; cells: Iterable<NewCell> | AsyncIterable<NewCell> },
): Promise<{ inserted: number; reused: number }> => {
  assertStudyId(options.studyId)
  const total = { inserted: 0, reused: 0 }

  for await (const cells of batches(options.cells)) {
    const written = await transaction(ledger.pool, async (client) => {
      await writeRenders(client, options.pack, cells)

      return writeCells(client, options.studyId, cells)
    })
    total.inserted += written.inserted
    total.reused += written.reused
  }

  return total
}

async function* batches(cells: Iterable<NewCell> | AsyncIterable<NewCell>): AsyncGenerator<NewCell[]> {
  let batch: NewCell[] = []
  for await (const cell of cells) {
    batch.push(cell)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/**
 * Makes the renders that do not exist and holds all of them, so that none changes its status before the cells are
 * written. Recipes are long and differ in a few values: the first of a batch is kept whole, the others as patches.
 */
const writeRenders = async (client: PoolClient, pack: PackInfo, cells: NewCell[]): Promise<void> => {
  const wanted = cells.filter((cell) => !cell.excluded)
  if (wanted.length === 0) return

  const base = wanted[0]!.recipe
  const whole = new Map<string, Recipe>([[recipeHash(base), base]])
  const [baseHash] = whole.keys()
  const patchOf = recipePatcher(base)
  const renders = wanted.map((cell) => {
    const patch = patchOf(cell.recipe)
    if (patch) return { key: cell.key, hash: baseHash!, patch }
    const hash = recipeHash(cell.recipe)
    whole.set(hash, cell.recipe)

    return { key: cell.key, hash, patch: {} }
  })

  await client.query(
    `insert into "BaseRecipe" (hash, recipe)
     select hash, recipe::jsonb from unnest($1::text[], $2::text[]) as t(hash, recipe) order by hash on conflict do nothing`,
    [[...whole.keys()], [...whole.values()].map((recipe) => JSON.stringify(recipe))],
  )
  const made = await client.query<{ key: string }>(
    `insert into "Render" (key, "baseHash", patch, pack, "packHash")
     select distinct on (key) key, hash, patch::jsonb, $4, $5 from unnest($1::text[], $2::text[], $3::text[]) as t(key, hash, patch)
     order by key on conflict do nothing returning key`,
    [
      renders.map((render) => render.key),
      renders.map((render) => render.hash),
      renders.map((render) => JSON.stringify(render.patch)),
      pack.name,
      pack.hash,
    ],
  )
  // What was just made is ours until the end of the transaction; what was there must be held.
  const ours = new Set(made.rows.map((row) => row.key))
  const others = renders.map((render) => render.key).filter((key) => !ours.has(key))
  if (others.length > 0)
    await client.query('select from "Render" where key = any($1) order by key for share', [others])
}

const writeCells = async (
  client: PoolClient,
  studyId: string,
  cells: NewCell[],
): Promise<{ inserted: number; reused: number }> => {
  const study = await client.query<{ version: string }>(
    `select version from "Study" where id = $1 for no key update`,
    [studyId],
  )
  if (study.rowCount === 0) throw noSuchStudy(studyId)

  const { rows } = await client.query<{ inserted: number; reused: number }>(
    `with written as (
       insert into "Cell" as c ("studyId", seq, coords, "renderKey", rank, status, reused, version)
       select $1, t.seq, t.coords::int[], t.key, t.rank,
              case when t.excluded then 'excluded' else r.status::text::"CellStatus" end,
              not t.excluded and r.status = 'done', $2::bigint + 1
       from unnest($3::int[], $4::text[], $5::text[], $6::int[], $7::bool[]) as t(seq, coords, key, rank, excluded)
       left join "Render" r on r.key = t.key and not t.excluded
       on conflict ("studyId", seq) do update
       set coords = excluded.coords, "renderKey" = excluded."renderKey", rank = excluded.rank, version = excluded.version,
           status = excluded.status,
           reused = case when c."renderKey" = excluded."renderKey" then c.reused else excluded.reused end
       where (c.coords, c."renderKey", c.rank, c.status = 'excluded')
         is distinct from (excluded.coords, excluded."renderKey", excluded.rank, excluded.status = 'excluded')
       returning reused
     ), bumped as (
       update "Study" set version = version + 1, "updatedAt" = now()
       where id = $1 and exists (select from written) returning id
     )
     select (select count(*)::int from written) as inserted, (select count(*)::int from written where reused) as reused,
            (select pg_notify($8, id::text) from bumped)`,
    [
      studyId,
      study.rows[0]!.version,
      cells.map((cell) => cell.seq),
      cells.map((cell) => `{${cell.coords.join(',')}}`),
      cells.map((cell) => cell.key),
      cells.map((cell) => cell.rank),
      cells.map((cell) => cell.excluded),
      studyChannel,
    ],
  )

  return rows[0]!
}

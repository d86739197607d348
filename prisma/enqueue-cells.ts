import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { PackInfo, Recipe } from '#study'
import { keepBases } from './base-recipes.ts'
import { linesColumn, plainColumn } from './columns.ts'
import type { Ledger } from './ledger.ts'
import type { RenderStatus } from './life.ts'
import { lockEdition } from './lock-edition.ts'
import { assertStudyId } from './row.ts'
import { studyChannel } from './stamp-cells.ts'
import { onceMore, transaction } from './transaction.ts'
import type { NewCell } from './types.ts'

const batchSize = 5000
const batchesAtOnce = 2
const turnSize = 250

/**
 * Writes cells and the renders they need, 5,000 to a transaction, and reads `cells` no faster than it writes them.
 * Safe to repeat: a cell that is there already with the same key stays untouched; after an edit the cell takes its
 * new key, and whatever was rendered under that key before counts as done at once.
 *
 * @param options.edition the edition of the study's file that was expanded; once the study has another, this throws
 *   `conflict` rather than write cells of an old file over those of a new one
 * @param options.base the recipe over which the patches of the cells lie
 * @returns cells written (new or changed), and how many of those found their picture already made
 */
export const enqueueCells = async (
  ledger: Ledger,
  options: {
    studyId: string
    pack: PackInfo
    base: Recipe
    edition?: number
    cells: Iterable<NewCell> | AsyncIterable<NewCell>
  },
): Promise<{ inserted: number; reused: number }> => {
  const { studyId, pack, base, edition } = options
  assertStudyId(studyId)
  const total = { inserted: 0, reused: 0 }
  const write = async (cells: NewCell[]): Promise<void> => {
    const written = await transaction(ledger.pool, async (client) => {
      const takes = await shownTakes(client, studyId)
      const shown =
        takes.size === 0 ? cells : cells.map((cell) => ({ ...cell, key: takes.get(cell.key) ?? cell.key }))
      const known = await writeRenders(client, { pack, base, cells: shown })
      const version = await lockEdition(client, studyId, edition)
      // Nobody renders a picture of the study again while it is held; until now somebody may have.
      if (JSON.stringify([...(await shownTakes(client, studyId))]) !== JSON.stringify([...takes]))
        throw onceMore

      return writeCells(client, { studyId, version, cells: shown, known })
    })
    total.inserted += written.inserted
    total.reused += written.reused
  }

  // The renders of one batch are written beside the cells of another, and meanwhile the next is made.
  const writing = new Set<Promise<void>>()
  try {
    for await (const cells of batches(options.cells)) {
      if (writing.size === batchesAtOnce) await Promise.race(writing)
      const batch = write(cells)
      writing.add(batch)
      void batch.then(
        () => writing.delete(batch),
        () => undefined,
      )
    }
  } finally {
    await Promise.allSettled(writing)
  }
  await Promise.all(writing)

  return total
}

async function* batches(cells: Iterable<NewCell> | AsyncIterable<NewCell>): AsyncGenerator<NewCell[]> {
  let batch: NewCell[] = []
  for await (const cell of cells) {
    batch.push(cell)
    // Making cells leaves the connections that write the ones before their turn.
    if (batch.length % turnSize === 0) await nextTurn()
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** What was rendered again for this study: the keys its cells show instead of those of their recipes. */
const shownTakes = async (client: PoolClient, studyId: string): Promise<Map<string, string>> => {
  const { rows } = await client.query<{ original: string; renderKey: string }>(
    'select original, "renderKey" from "Take" where "studyId" = $1 order by original',
    [studyId],
  )

  return new Map(rows.map(({ original, renderKey }) => [original, renderKey]))
}

/**
 * Makes the renders that do not exist and holds all of them, so that none changes its status before the cells are
 * written. Tells the statuses of those that were there.
 */
const writeRenders = async (
  client: PoolClient,
  options: { pack: PackInfo; base: Recipe; cells: NewCell[] },
): Promise<Map<string, RenderStatus>> => {
  const { pack, base, cells } = options
  const renders = new Map(cells.flatMap((cell) => (cell.excluded ? [] : [[cell.key, cell.patch]])))
  if (renders.size === 0) return new Map()

  const [baseHash] = await keepBases(client, [base])
  const keys = plainColumn([...renders.keys()])
  const patches = linesColumn([...renders.values()].map((patch) => JSON.stringify(patch)))
  const made = await client.query(
    `insert into "Render" (key, "baseHash", patch, pack, "packHash")
     select key, $3, patch::jsonb, $4, $5 from unnest($1::text[], string_to_array($2, e'\\n')) as t(key, patch)
     order by key on conflict do nothing`,
    [keys, patches, baseHash, pack.name, pack.hash],
  )
  // What was just made is ours until the end of the transaction; what was there must be held.
  if (made.rowCount === renders.size) return new Map()

  const held = await client.query<{ key: string; status: RenderStatus }>(
    'select key, status from "Render" where key = any($1) order by key for share',
    [keys],
  )

  return new Map(held.rows.map(({ key, status }) => [key, status]))
}

/** @param options.known status of the renders that were there before; the others are queued */
const writeCells = async (
  client: PoolClient,
  options: { studyId: string; version: string; cells: NewCell[]; known: Map<string, RenderStatus> },
): Promise<{ inserted: number; reused: number }> => {
  const { studyId, version, cells, known } = options
  const { rows } = await client.query<{ inserted: number; reused: number }>(
    `with written as (
       insert into "Cell" as c ("studyId", seq, coords, "renderKey", partial, rank, status, reused, version)
       select $1, t.seq, t.coords::int[], t.key, t.partial, t.rank,
              case when m.skipped then 'excluded' else t.status end,
              t.status = 'done' and m.skipped is not true, $2::bigint + 1
       from unnest($3::int[], string_to_array($4, e'\\n'), $5::text[], $6::int[], $7::"CellStatus"[], $9::int[])
         as t(seq, coords, key, rank, status, partial)
       left join "Mark" m on m."studyId" = $1 and m."renderKey" = t.key and m.partial = coalesce(t.partial, 0) and m.skipped
       on conflict ("studyId", seq) do update
       set coords = excluded.coords, "renderKey" = excluded."renderKey", partial = excluded.partial, rank = excluded.rank, version = excluded.version,
           status = excluded.status,
           reused = case when c."renderKey" = excluded."renderKey" then c.reused else excluded.reused end
       where (c.coords, c."renderKey", c.partial, c.rank, c.status = 'excluded')
         is distinct from (excluded.coords, excluded."renderKey", excluded.partial, excluded.rank, excluded.status = 'excluded')
       returning reused
     ), bumped as (
       update "Study" set version = version + 1, "updatedAt" = now()
       where id = $1 and exists (select from written) returning id
     )
     select (select count(*)::int from written) as inserted, (select count(*)::int from written where reused) as reused,
            (select pg_notify($8, id::text) from bumped)`,
    [
      studyId,
      version,
      plainColumn(cells.map((cell) => cell.seq)),
      linesColumn(cells.map((cell) => `{${cell.coords.join(',')}}`)),
      plainColumn(cells.map((cell) => cell.key)),
      plainColumn(cells.map((cell) => cell.rank)),
      plainColumn(cells.map((cell) => (cell.excluded ? 'excluded' : (known.get(cell.key) ?? 'queued')))),
      studyChannel,
      plainColumn(cells.map((cell) => cell.partial)),
    ],
  )

  return rows[0]!
}

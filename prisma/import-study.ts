import type { PoolClient } from 'pg'
import { v7 } from 'uuid'
import { TeststripError } from '#study'
import { keepBases } from './base-recipes.ts'
import type { Ledger } from './ledger.ts'
import { type BlobRecord, insertBlob } from './record-blob.ts'
import { stampCells, studyChannel } from './stamp-cells.ts'
import type { RenderRecord, StudyRecords } from './study-records.ts'
import { fileColumns } from './study-row.ts'
import { transaction } from './transaction.ts'
import type { Study } from './types.ts'

const batchSize = 1000

/** A study from another ledger; whoever brings it has checked it. The sequences are read anew at every attempt. */
export interface ImportedStudy extends Omit<StudyRecords, 'study'> {
  study: Pick<
    Study,
    'id' | 'file' | 'status' | 'priority' | 'demo' | 'createdAt' | 'startedAt' | 'finishedAt' | 'archivedAt'
  >
  blobs(): AsyncIterable<BlobRecord>
}

/**
 * Takes a study over, all of it or nothing. Its pictures are in `blobs` already; a render this ledger has finished
 * itself stays as it is, one it has queued is finished by this, in every study that shows it. A study that is not
 * complete becomes `cancelled`: started again, it renders what is missing.
 *
 * @param options.copy takes a new id instead of the study's own
 */
export const importStudy = (
  ledger: Ledger,
  imported: ImportedStudy,
  options: { copy?: boolean } = {},
): Promise<{ id: string; status: Study['status']; cells: number; pictures: number; known: number }> =>
  transaction(ledger.pool, async (client) => {
    const id = options.copy ? v7() : imported.study.id
    const bases = await writeRecipes(client, imported)
    const renders = await writeRenders(client, imported, bases)
    await writeStudy(client, imported.study, id)
    const cells = await writeCells(client, imported, id)
    await writeRest(client, imported, id)

    const isComplete = cells.written === imported.cellCount && cells.open === 0
    const status = imported.study.status === 'draft' ? 'draft' : isComplete ? 'finished' : 'cancelled'
    await client.query(`update "Study" set status = $2 where id = $1`, [id, status])
    await client.query(
      `insert into "Event" ("studyId", actor, kind, details) values ($1, 'person', 'imported', $2)`,
      [id, { from: imported.study.id }],
    )
    await client.query('select pg_notify($1, $2)', [studyChannel, id])

    return { id, status, cells: cells.written, pictures: renders.total, known: renders.known }
  })

/** Kept under the names of this ledger: what a recipe is called elsewhere proves nothing here. */
const writeRecipes = async (client: PoolClient, imported: ImportedStudy): Promise<Map<string, string>> => {
  const names = new Map<string, string>()
  for await (const { hash, recipe } of imported.recipes()) {
    const [name] = await keepBases(client, [recipe])
    names.set(hash, name!)
  }

  return names
}

const writeRenders = async (
  client: PoolClient,
  imported: ImportedStudy,
  bases: Map<string, string>,
): Promise<{ total: number; known: number }> => {
  const finished: string[] = []
  const count = { total: 0, known: 0 }
  const named = (render: RenderRecord) => ({ ...render, base: bases.get(render.base) })
  for await (const renders of batches(imported.renders())) {
    const { rows } = await client.query<{ key: string; added: boolean }>(
      `insert into "Render" as r (key, "baseHash", patch, pack, "packHash", original, take, status, image, width, height, thumbs, partials,
                                  metrics, timings, seconds, device, attempt, "finishedAt")
       select key, base, patch, pack, "packHash", original, take, 'done', image, width, height, nullif(thumbs, 'null'), partials,
              nullif(metrics, 'null'), nullif(timings, 'null'), seconds, device, attempt, "finishedAt"
       from jsonb_to_recordset($1) as t(key text, base text, patch jsonb, pack text, "packHash" text, original text, take int, image text, width int,
         height int, thumbs jsonb, partials jsonb, metrics jsonb, timings jsonb, seconds float8, device text, attempt int,
         "finishedAt" timestamptz)
       order by key
       on conflict (key) do update set status = 'done', claim = null, checkpoint = null, error = null,
         image = excluded.image, width = excluded.width, height = excluded.height, thumbs = excluded.thumbs,
         partials = excluded.partials, metrics = excluded.metrics, timings = excluded.timings, seconds = excluded.seconds,
         device = excluded.device, "finishedAt" = excluded."finishedAt"
       where r.status in ('queued', 'failed')
       returning key, xmax = 0 as added`,
      [JSON.stringify(renders.map(named))],
    )
    for (const row of rows) if (!row.added) finished.push(row.key)
    count.total += renders.length
    count.known += renders.length - rows.length
  }
  if (finished.length > 0) await stampCells(client, finished, 'done')

  return count
}

const writeStudy = async (client: PoolClient, study: ImportedStudy['study'], id: string): Promise<void> => {
  const { title, file } = fileColumns(study.file)
  const { rowCount } = await client.query(
    `insert into "Study" (id, title, file, priority, demo, version, "createdAt", "startedAt", "finishedAt", "archivedAt")
     values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9) on conflict do nothing`,
    [
      id,
      title,
      file,
      study.priority,
      study.demo,
      study.createdAt,
      study.startedAt,
      study.finishedAt,
      study.archivedAt,
    ],
  )
  if (rowCount === 0)
    throw new TeststripError(
      'conflict',
      `The study '${title}' (${id}) is in this ledger already. Delete it first, or import this one beside it with --copy.`,
    )
}

const writeCells = async (
  client: PoolClient,
  imported: ImportedStudy,
  id: string,
): Promise<{ written: number; open: number }> => {
  const count = { written: 0, open: 0 }
  for await (const cells of batches(imported.cells())) {
    const { rows } = await client.query<{ status: string }>(
      `insert into "Cell" ("studyId", seq, coords, "renderKey", partial, rank, status, reused, version)
       select $1, t.seq, t.coords::int[], t.key, t.partial, t.rank,
              case when t.excluded then 'excluded' else r.status::text::"CellStatus" end, t.reused, 1
       from unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bool[], $7::bool[], $8::int[])
         as t(seq, coords, key, rank, excluded, reused, partial)
       left join "Render" r on r.key = t.key and not t.excluded
       returning status`,
      [
        id,
        cells.map((cell) => cell.seq),
        cells.map((cell) => `{${cell.coords.join(',')}}`),
        cells.map((cell) => cell.key),
        cells.map((cell) => cell.rank),
        cells.map((cell) => cell.excluded),
        cells.map((cell) => cell.reused),
        cells.map((cell) => cell.partial),
      ],
    )
    count.written += rows.length
    count.open += rows.filter((row) => row.status !== 'done' && row.status !== 'excluded').length
  }

  await client.query(
    `insert into "Take" ("studyId", original, "renderKey")
     select distinct $1::uuid, r.original, r.key from "Cell" c join "Render" r on r.key = c."renderKey"
     where c."studyId" = $1 and r.original is not null on conflict do nothing`,
    [id],
  )

  return count
}

const writeRest = async (client: PoolClient, imported: ImportedStudy, id: string): Promise<void> => {
  for await (const { key, partial, rating, mark, note, skipped } of imported.marks())
    await client.query(
      `insert into "Mark" ("studyId", "renderKey", partial, rating, mark, note, skipped) values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, key, partial, rating, mark, note, skipped],
    )
  // Share links are the other ledger's to give.
  for await (const { title, view, createdAt } of imported.sheets())
    await client.query(
      `insert into "Sheet" (id, "studyId", title, view, "createdAt") values ($1, $2, $3, $4, $5)`,
      [v7(), id, title, view, createdAt],
    )
  for await (const { at, actor, kind, details } of imported.events())
    await client.query(
      `insert into "Event" ("studyId", at, actor, kind, details) values ($1, $2, $3, $4, $5)`,
      [id, at, actor, kind, details],
    )
  for await (const blob of imported.blobs()) await insertBlob(client, blob)
}

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

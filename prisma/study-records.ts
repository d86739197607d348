import type { PoolClient } from 'pg'
import type { Recipe, View } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { toStudy } from './study-row.ts'
import type { Mark, PartialPicture, RenderTimings, Study } from './types.ts'

/** A finished render as it travels between ledgers. `base` names the recipe that `patch` changes. */
export interface RenderRecord {
  key: string
  base: string
  patch: Record<string, unknown>
  pack: string
  packHash: string
  /** Made again on purpose: the key of the first take, and which take this is. */
  original: string | null
  take: number
  image: string
  width: number
  height: number
  thumbs: Record<string, string> | null
  partials: PartialPicture[]
  metrics: Record<string, number> | null
  timings: RenderTimings | null
  seconds: number | null
  device: string | null
  attempt: number
  finishedAt: string | null
}

export interface CellRecord {
  seq: number
  coords: number[]
  key: string
  /** The step of the intermediate picture it shows. */
  partial: number | null
  rank: number
  excluded: boolean
  reused: boolean
}

export interface RecipeRecord {
  hash: string
  recipe: Recipe
}
/** `skipped`: left out by hand. */
/** `partial`: the step whose intermediate picture is meant, 0 for the finished one. */
export type MarkRecord = Mark & { key: string; partial: number; skipped: boolean }
export interface SheetRecord {
  title: string
  view: View
  createdAt: string
}
export interface EventRecord {
  at: string
  actor: string
  kind: string
  details: Record<string, unknown>
}

/**
 * All a ledger knows of a study, as rows one after the other, however many: finished and excluded cells, since the
 * rest can be asked for again; of renders that were made again, every take. Renders come by key, cells by seq.
 */
export interface StudyRecords {
  study: Study
  /** Cells of any status. */
  cellCount: number
  recipes(): AsyncIterable<RecipeRecord>
  renders(): AsyncIterable<RenderRecord>
  cells(): AsyncIterable<CellRecord>
  marks(): AsyncIterable<MarkRecord>
  sheets(): AsyncIterable<SheetRecord>
  events(): AsyncIterable<EventRecord>
}

/** Reads a study as it is at one moment, while others go on writing. The records are good until `work` is done. */
export const readStudyRecords = async <T>(
  ledger: Ledger,
  id: string,
  work: (records: StudyRecords) => Promise<T>,
): Promise<T> => {
  assertStudyId(id)
  const client = await ledger.pool.connect()
  let broken: Error | undefined
  const lost = (reason: Error) => {
    broken = reason
  }
  client.on('error', lost)
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query('select * from "Study" where id = $1', [id])
    if (!rows[0]) throw noSuchStudy(id)
    const count = await client.query<{ count: number }>(
      'select count(*)::int as count from "Cell" where "studyId" = $1',
      [id],
    )

    return await work({
      study: toStudy(rows[0]),
      cellCount: count.rows[0]!.count,
      ...readers(client, id),
    })
  } finally {
    await client.query('rollback').catch(lost)
    client.off('error', lost)
    client.release(broken)
  }
}

const readers = (client: PoolClient, id: string): Omit<StudyRecords, 'study' | 'cellCount'> => {
  const shown = `select "renderKey" from "Cell" where "studyId" = $1 and status = 'done'
    union select r.key from "Take" t join "Render" r on t.original in (r.key, r.original)
          where t."studyId" = $1 and r.status = 'done'`

  return {
    recipes: () =>
      rowsOf(
        client,
        id,
        `select hash, recipe from "BaseRecipe" where hash in (
        select "baseHash" from "Render" where key in (${shown})) order by hash`,
      ),
    renders: () =>
      rowsOf(
        client,
        id,
        `select key, "baseHash" as base, patch, pack, "packHash", original, take, image, width, height, thumbs, partials,
        metrics, timings, seconds, device, attempt, "finishedAt" from "Render" where key in (${shown}) order by key`,
      ),
    cells: () =>
      rowsOf(
        client,
        id,
        `select seq, coords, "renderKey" as key, partial, rank, status = 'excluded' as excluded, reused
        from "Cell" where "studyId" = $1 and status in ('done', 'excluded') order by seq`,
      ),
    marks: () =>
      rowsOf(
        client,
        id,
        `select "renderKey" as key, partial, rating, mark, note, skipped from "Mark" where "studyId" = $1 order by key, partial`,
      ),
    sheets: () =>
      rowsOf(
        client,
        id,
        `select title, view, "createdAt" from "Sheet" where "studyId" = $1 order by "createdAt", id`,
      ),
    events: () =>
      rowsOf(client, id, `select at, actor, kind, details from "Event" where "studyId" = $1 order by id`),
  }
}

/** A thousand rows at a time; one reader after the other. Dates become text on their way. */
async function* rowsOf<Row>(client: PoolClient, id: string, query: string): AsyncGenerator<Row> {
  await client.query('close all')
  // A cursor takes no parameters; the id was checked to be one.
  await client.query(`declare rows no scroll cursor for ${query.replaceAll('$1', `'${id}'`)}`)
  for (;;) {
    const { rows } = await client.query('fetch 1000 from rows')
    for (const row of rows) {
      for (const [name, value] of Object.entries(row))
        if (value instanceof Date) row[name] = value.toISOString()
      yield row as Row
    }
    if (rows.length < 1000) return
  }
}

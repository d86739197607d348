import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy, parseRows } from './row.ts'
import { shownPicture } from './shown-picture.ts'
import type { CellRow } from './types.ts'

const versionText = z.string().regex(/^\d+$/)

export const cellRow = z.object({
  seq: z.number().int(),
  coords: z.array(z.number().int()),
  renderKey: z.string(),
  status: z.enum(['queued', 'rendering', 'done', 'failed', 'excluded']),
  image: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  step: z.number().nullable(),
  of: z.number().nullable(),
  error: z.string().nullable(),
  rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).nullable(),
  mark: z.enum(['star', 'reject']).nullable(),
  note: z.string().nullable(),
  seconds: z.number().nullable(),
  device: z.string().nullable(),
  metrics: z.record(z.string(), z.number()).nullable(),
  thumbs: z.record(z.string(), z.string()).nullable(),
  reused: z.boolean(),
  version: versionText,
})

/** A cell `c` with its render `r`, preview `p`, mark `m` and distance `d`, as `cellRow` reads it. */
export const cellColumns = `c.seq, c.coords, c."renderKey", c.status, shown.image, shown.width, shown.height,
  case when c.status = 'rendering' then p.step when c.status = 'queued' then nullif(r.step, 0) end as step,
  case when c.status = 'rendering' then p.of end as "of",
  case when c.status = 'failed' then r.error end as error,
  m.rating, m.mark, m.note, r.seconds, r.device,
  case when c.partial is null then r.metrics || jsonb_strip_nulls(jsonb_build_object('lpips', d.lpips)) end as metrics,
  case when c.partial is null then r.thumbs end as thumbs, c.reused, c.version`

export const cellJoins = `left join "Render" r on r.key = c."renderKey" and c.status <> 'excluded'
  ${shownPicture}
  left join "Preview" p on p."renderKey" = r.key and p.claim = r.claim
  left join "Mark" m on m."studyId" = c."studyId" and m."renderKey" = c."renderKey" and m.partial = coalesce(c.partial, 0)
  left join "Distance" d on d."studyId" = c."studyId" and d."renderKey" = c."renderKey"`

/**
 * The cells of a study that changed after version `afterVersion`, oldest change first, and besides them all that are
 * rendering now, since their step moves without a version. One statement, so one moment.
 *
 * `limit` (5,000) is exceeded rather than a version cut in two: what one transaction changed comes in one answer.
 * Call again with the returned `version` while `more` is true, and after every announcement of `listen`.
 */
export const listCells = async (
  ledger: Ledger,
  id: string,
  options: { afterVersion?: string; limit?: number } = {},
): Promise<{ version: string; more: boolean; cells: CellRow[] }> => {
  assertStudyId(id)
  const after = versionText.parse(options.afterVersion ?? '0')
  const { rows } = await ledger.pool.query<
    { studyVersion: string; lastVersion: string } & Record<string, unknown>
  >(
    `with study as materialized (
       select id, version, coalesce((
         select c.version from "Cell" c where c."studyId" = s.id and c.version > $2::bigint
         order by c.version offset $3 limit 1), s.version) as last
       from "Study" s where id = $1
     )
     select study.version as "studyVersion", study.last as "lastVersion", cell.*
     from study left join lateral (
       select ${cellColumns} from (
         select * from "Cell" where "studyId" = study.id and version > $2::bigint and version <= study.last
         union
         select * from "Cell" where "studyId" = study.id and status = 'rendering'
       ) c ${cellJoins}
     ) cell on true
     order by cell.version, cell.seq`,
    [id, after, options.limit ?? 5000],
  )
  const first = rows[0]
  if (!first) throw noSuchStudy(id)

  return {
    version: first.lastVersion,
    more: first.lastVersion !== first.studyVersion,
    cells: parseRows(cellRow, rows[0]?.seq === null ? [] : rows).map(toCellRow),
  }
}

/** How many cells changed after a version, counted up to `most`. */
export const changedSince = async (
  ledger: Ledger,
  id: string,
  options: { version: string; most: number },
): Promise<number> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ count: number }>(
    `select count(*)::int as count from (
       select from "Cell" where "studyId" = $1 and version > $2::bigint limit $3) changed`,
    [id, versionText.parse(options.version), options.most],
  )

  return rows[0]!.count
}

/** These cells of a study, by place; those it does not have are left out. */
export const cellsAt = async (ledger: Ledger, id: string, seqs: readonly number[]): Promise<CellRow[]> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query(
    `select ${cellColumns} from "Cell" c ${cellJoins} where c."studyId" = $1 and c.seq = any($2) order by c.seq`,
    [id, seqs],
  )

  return parseRows(cellRow, rows).map(toCellRow)
}

export const toCellRow = (row: z.infer<typeof cellRow>): CellRow => ({
  ...row,
  excluded: row.status === 'excluded',
})

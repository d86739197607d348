import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'
import { shownPicture } from './shown-picture.ts'
import { countsRow } from './study-counts.ts'
import { toStudy } from './study-row.ts'
import type { StudyStatus, StudySummary } from './types.ts'

const summaryRow = z.object({
  id: z.string(),
  counts: countsRow,
  pictures: z.array(
    z.object({
      seq: z.number(),
      coords: z.array(z.number()),
      image: z.string(),
      width: z.number(),
      height: z.number(),
    }),
  ),
})

const orders = {
  newest: '"createdAt" desc, id desc',
  changed: '"updatedAt" desc, id desc',
  title: 'lower(title), id',
} as const

/** A sheet small enough for a card. */
const mostPictures = 30

export type LibraryOrder = keyof typeof orders

/** Which studies of the library, all conditions together; what is left out excludes nothing. */
export interface LibraryQuery {
  /** Looks into titles, notes, prompts, axes and status: every word must occur. */
  search?: string
  /** Parameters, or how their names begin, that must each be on an axis. */
  axes?: readonly string[]
  status?: StudyStatus
  pack?: string
  tag?: string
  /** Those put aside instead. */
  archived?: boolean
  order?: LibraryOrder
  limit?: number
}

/**
 * The library, newest first unless another order is asked for. Pictures come in render order, coarse to fine, those of
 * the first page before others, so they are spread over the sheet that a card shows.
 */
export const listStudies = async (ledger: Ledger, query: LibraryQuery = {}): Promise<StudySummary[]> => {
  const words = (query.search ?? '').split(/\s+/).filter(Boolean)
  const order = orders[query.order ?? 'newest']
  const { rows: found } = await ledger.pool.query(
    `with page as (
       select id, row_number() over (order by ${order}) as place from "Study" s
       where (title || ' ' || status::text || ' ' || file::text) ilike all ($1)
         and ("archivedAt" is not null) = $3
         and ($4::text is null or status::text = $4)
         and ($5::text is null or file->>'pack' = $5)
         and ($6::text is null or file->'tags' ? $6)
         and not exists (
           select from unnest($7::text[]) as wanted where not exists (
             select from jsonb_array_elements(file->'axes') as axis
             where case jsonb_typeof(axis)
               when 'string' then axis #>> '{}' ~* ('(^|&)\\s*' || wanted)
               else exists (select from jsonb_array_elements_text(axis->'parameters') as name where name ~* ('^' || wanted)) end))
       order by place limit $2
     )
     select page.id, to_json(counts) as counts, pictures.list as pictures
     from page
     cross join lateral (
       select count(*)::int as cells,
              count(*) filter (where status = 'excluded')::int as excluded,
              count(*) filter (where status = 'queued')::int as queued,
              count(*) filter (where status = 'rendering')::int as rendering,
              count(*) filter (where status = 'done')::int as done,
              count(*) filter (where status = 'failed')::int as failed
       from "Cell" where "studyId" = page.id
     ) counts
     cross join lateral (
       select coalesce(json_agg(shown order by shown.seq), '[]') as list from (
         select c.seq, c.coords, shown.image, shown.width, shown.height
         from "Cell" c join "Render" r on r.key = c."renderKey"
         ${shownPicture}
         where c."studyId" = page.id and c.status = 'done' and shown.image is not null
         order by exists (select from unnest(c.coords[3:]) as point where point > 0), c.rank limit ${mostPictures}
       ) shown
     ) pictures
     order by page.place`,
    [
      words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
      query.limit ?? 100,
      query.archived ?? false,
      query.status ?? null,
      query.pack ?? null,
      query.tag ?? null,
      (query.axes ?? []).map((name) => name.replace(/[^a-z0-9_]/gi, '')),
    ],
  )
  const summaries = parseRows(summaryRow, found)
  const studies = await ledger.prisma.study.findMany({
    where: { id: { in: summaries.map((row) => row.id) } },
  })
  const byId = new Map(studies.map((row) => [row.id, toStudy(row)]))

  return summaries.flatMap((summary) => {
    const study = byId.get(summary.id)

    return study ? [{ ...study, counts: summary.counts, pictures: summary.pictures }] : []
  })
}

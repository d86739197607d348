import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'
import { countsRow } from './study-counts.ts'
import { toStudy } from './study-row.ts'
import type { StudySummary } from './types.ts'

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

/**
 * The library, newest first. `search` looks into titles, notes, prompts, axes and status: every word must occur.
 * Pictures come in render order, coarse to fine, so the first sixteen are spread over the grid. `archived` gives
 * those put aside instead.
 */
export const listStudies = async (
  ledger: Ledger,
  options: { search?: string; limit?: number; archived?: boolean } = {},
): Promise<StudySummary[]> => {
  const words = (options.search ?? '').split(/\s+/).filter(Boolean)
  const { rows: found } = await ledger.pool.query(
    `select s.id, to_json(counts) as counts, pictures.list as pictures
     from (
       select id, "createdAt" from "Study"
       where (title || ' ' || status::text || ' ' || file::text) ilike all ($1)
         and ("archivedAt" is not null) = $3
       order by "createdAt" desc, id desc limit $2
     ) s
     cross join lateral (
       select count(*)::int as cells,
              count(*) filter (where status = 'excluded')::int as excluded,
              count(*) filter (where status = 'queued')::int as queued,
              count(*) filter (where status = 'rendering')::int as rendering,
              count(*) filter (where status = 'done')::int as done,
              count(*) filter (where status = 'failed')::int as failed
       from "Cell" where "studyId" = s.id
     ) counts
     cross join lateral (
       select coalesce(json_agg(shown order by shown.seq), '[]') as list from (
         select c.seq, c.coords, r.image, r.width, r.height
         from "Cell" c join "Render" r on r.key = c."renderKey"
         where c."studyId" = s.id and c.status = 'done' order by c.rank limit 16
       ) shown
     ) pictures
     order by s."createdAt" desc, s.id desc`,
    [
      words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`),
      options.limit ?? 100,
      options.archived ?? false,
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

import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { studyStatuses } from './life.ts'
import { parseRows } from './row.ts'

const shelvesRow = z.object({
  total: z.number(),
  statuses: z.partialRecord(z.enum(studyStatuses), z.number()),
  packs: z.array(z.string()),
  tags: z.array(z.string()),
})

/** What a library can be sorted into: its statuses with their counts, its packs and its tags. */
export type LibraryShelves = z.infer<typeof shelvesRow>

export const libraryShelves = async (
  ledger: Ledger,
  options: { archived?: boolean } = {},
): Promise<LibraryShelves> => {
  const { rows } = await ledger.pool.query(
    `with shown as (select status, file from "Study" where ("archivedAt" is not null) = $1)
     select (select count(*)::int from shown) as total,
            (select coalesce(jsonb_object_agg(status, count), '{}') from (
               select status, count(*)::int as count from shown group by status) counts) as statuses,
            (select coalesce(jsonb_agg(distinct file->>'pack' order by file->>'pack'), '[]') from shown) as packs,
            (select coalesce(jsonb_agg(distinct tag order by tag), '[]')
             from shown, jsonb_array_elements_text(coalesce(file->'tags', '[]')) as tag) as tags`,
    [options.archived ?? false],
  )

  return parseRows(shelvesRow, rows)[0]!
}

import { z } from 'zod'
import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'
import type { Mark } from './types.ts'

const markPatch = z.object({
  rating: z.number().int().min(1).max(5).nullish(),
  mark: z.enum(['star', 'reject']).nullish(),
  note: z.string().max(10_000).nullish(),
})

/**
 * Rates, stars, rejects or annotates pictures of a study; what `patch` does not name stays. Cells of the study that
 * show the same picture share the mark.
 *
 * @returns how many cells were marked, those that share a picture included
 */
export const markCells = async (
  ledger: Ledger,
  id: string,
  seqs: readonly number[],
  patch: Partial<Mark>,
): Promise<number> => {
  assertStudyId(id)
  const checked = markPatch.safeParse(patch)
  if (!checked.success)
    throw new TeststripError(
      'invalid_input',
      `A mark is a rating from 1 to 5, 'star' or 'reject', and a note of up to 10,000 characters: ${checked.error.issues[0]!.path.join('.')} does not fit.`,
    )
  const { rating, mark, note } = checked.data

  return transaction(ledger.pool, async (client) => {
    const version = await bumpStudy(client, id)
    if (version === null) return 0
    const stamped = await client.query<{ key: string; partial: number }>(
      `update "Cell" c set version = $3 from (
         select distinct "renderKey" as key, coalesce(partial, 0) as partial from "Cell" where "studyId" = $1 and seq = any($2)
       ) as picture
       where c."studyId" = $1 and c."renderKey" = picture.key and coalesce(c.partial, 0) = picture.partial
       returning picture.key, picture.partial`,
      [id, seqs, version],
    )
    if (stamped.rows.length === 0) return 0

    await client.query(
      `insert into "Mark" as m ("studyId", "renderKey", partial, rating, mark, note)
         select distinct $1::uuid, key, partial, $3::int, $4, $5 from unnest($2::text[], $9::int[]) as t(key, partial)
       on conflict ("studyId", "renderKey", partial) do update set
         rating = case when $6 then excluded.rating else m.rating end,
         mark = case when $7 then excluded.mark else m.mark end,
         note = case when $8 then excluded.note else m.note end`,
      [
        id,
        stamped.rows.map(({ key }) => key),
        rating ?? null,
        mark ?? null,
        note?.replaceAll('\0', '') || null,
        rating !== undefined,
        mark !== undefined,
        note !== undefined,
        stamped.rows.map(({ partial }) => partial),
      ],
    )

    return stamped.rows.length
  })
}

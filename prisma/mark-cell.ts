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
 * Rates, stars, rejects or annotates a picture of a study; what `patch` does not name stays. Cells of the study that
 * show the same picture share the mark.
 *
 * @returns false when there is no such cell
 */
export const markCell = async (
  ledger: Ledger,
  id: string,
  seq: number,
  patch: Partial<Mark>,
): Promise<boolean> => {
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
    if (version === null) return false
    const stamped = await client.query<{ key: string }>(
      `update "Cell" set version = $3 where "studyId" = $1 and "renderKey" =
         (select "renderKey" from "Cell" where "studyId" = $1 and seq = $2) returning "renderKey" as key`,
      [id, seq, version],
    )
    const key = stamped.rows[0]?.key
    if (key === undefined) return false

    await client.query(
      `insert into "Mark" as m ("studyId", "renderKey", rating, mark, note) values ($1, $2, $3, $4, $5)
       on conflict ("studyId", "renderKey") do update set
         rating = case when $6 then excluded.rating else m.rating end,
         mark = case when $7 then excluded.mark else m.mark end,
         note = case when $8 then excluded.note else m.note end`,
      [
        id,
        key,
        rating ?? null,
        mark ?? null,
        note?.replaceAll('\0', '') || null,
        rating !== undefined,
        mark !== undefined,
        note !== undefined,
      ],
    )

    return true
  })
}

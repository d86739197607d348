import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'

const unmeasuredRow = z.object({
  key: z.string(),
  image: z.string(),
  width_height: z.tuple([z.number(), z.number()]),
  n_batches: z.number(),
})

/** A finished render that lacks a measure, with what its picture holds. */
export type UnmeasuredRender = z.infer<typeof unmeasuredRow>

/** Finished renders without the measure `lacking`, by key, those after `after`. */
export const unmeasuredRenders = async (
  ledger: Ledger,
  options: { lacking: string; after: string; limit: number },
): Promise<UnmeasuredRender[]> => {
  const { rows } = await ledger.pool.query(
    `select r.key, r.image, recipe.whole->'width_height' as width_height,
            recipe.whole->'n_batches' as n_batches
     from "Render" r join "BaseRecipe" b on b.hash = r."baseHash"
     cross join lateral (select b.recipe || r.patch as whole) recipe
     where r.status = 'done' and not coalesce(r.metrics, '{}') ? $1 and r.key > $2
     order by r.key limit $3`,
    [options.lacking, options.after, options.limit],
  )

  return parseRows(unmeasuredRow, rows)
}

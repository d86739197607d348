import { z } from 'zod'
import type { Recipe } from '#study'
import type { Ledger } from './ledger.ts'
import { cellColumns, cellJoins, cellRow, toCellRow } from './list-cells.ts'
import { isStudyId, parseRows } from './row.ts'
import type { CellDetail, RenderTimings } from './types.ts'

const detailRow = cellRow.extend({
  recipe: z.custom<Recipe>((value) => typeof value === 'object').nullable(),
  pack: z.string().nullable(),
  packHash: z.string().nullable(),
  attempt: z.number().int(),
  claimedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  timings: z.custom<RenderTimings>((value) => typeof value === 'object').nullable(),
  partials: z.array(z.object({ step: z.number(), image: z.string(), width: z.number(), height: z.number() })),
})

/** All about one cell; partials by step. */
export const getCell = async (ledger: Ledger, id: string, seq: number): Promise<CellDetail | null> => {
  if (!isStudyId(id)) return null
  const { rows } = await ledger.pool.query(
    `select ${cellColumns}, base.recipe || r.patch as recipe, r.pack, r."packHash", coalesce(r.attempt, 0) as attempt,
            r."claimedAt", r."finishedAt", r.timings, coalesce(r.partials, '[]') as partials
     from "Cell" c ${cellJoins} left join "BaseRecipe" base on base.hash = r."baseHash"
     where c."studyId" = $1 and c.seq = $2`,
    [id, seq],
  )
  const row = parseRows(detailRow, rows)[0]
  if (!row) return null

  const { recipe, pack, packHash, attempt, claimedAt, finishedAt, timings, partials } = row

  return {
    ...toCellRow(row),
    ...{ recipe, pack, packHash, attempt, claimedAt, finishedAt, timings },
    partials: partials.sort((a, b) => a.step - b.step),
  }
}

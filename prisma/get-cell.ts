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
  skipped: z.boolean(),
  claimedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  timings: z.custom<RenderTimings>((value) => typeof value === 'object').nullable(),
  partials: z.array(z.object({ step: z.number(), image: z.string(), width: z.number(), height: z.number() })),
  take: z.number().int(),
  takes: z.array(z.object({ take: z.number(), image: z.string(), width: z.number(), height: z.number() })),
})

/** All about one cell; partials by step, other takes newest first. */
export const getCell = async (ledger: Ledger, id: string, seq: number): Promise<CellDetail | null> => {
  if (!isStudyId(id)) return null
  const { rows } = await ledger.pool.query(
    `select ${cellColumns}, base.recipe || r.patch as recipe, r.pack, r."packHash", coalesce(r.attempt, 0) as attempt,
            coalesce(m.skipped, false) as skipped,
            r."claimedAt", r."finishedAt", r.timings, coalesce(r.partials, '[]') as partials,
            coalesce(r.take, 0) as take, coalesce((
              select jsonb_agg(jsonb_build_object('take', t.take, 'image', t.image, 'width', t.width, 'height', t.height)
                               order by t.take desc)
              from "Render" t where t.status = 'done' and t.key <> r.key
                and (t.key = coalesce(r.original, r.key) or t.original = coalesce(r.original, r.key))), '[]') as takes
     from "Cell" c ${cellJoins} left join "BaseRecipe" base on base.hash = r."baseHash"
     where c."studyId" = $1 and c.seq = $2`,
    [id, seq],
  )
  const row = parseRows(detailRow, rows)[0]
  if (!row) return null

  const { recipe, pack, packHash, skipped, attempt, claimedAt, finishedAt, timings, partials, take, takes } =
    row

  return {
    ...toCellRow(row),
    ...{ recipe, pack, packHash, skipped, attempt, claimedAt, finishedAt, timings, take, takes },
    partials: partials.sort((a, b) => a.step - b.step),
  }
}

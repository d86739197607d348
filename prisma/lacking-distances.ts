import { z } from 'zod'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'

const referencedRow = z.object({
  id: z.string(),
  version: z.string(),
  reference: z.string(),
  image: z.string(),
  packHash: z.string(),
})

/** A study with a reference: its render and picture, and the pack that both were made with. */
export type ReferencedStudy = z.infer<typeof referencedRow>

/** Studies of these packs whose pictures are measured against one of them. */
export const referencedStudies = async (
  ledger: Ledger,
  { packHashes }: { packHashes: readonly string[] },
): Promise<ReferencedStudy[]> => {
  const { rows } = await ledger.pool.query(
    `select s.id, s.version, s.reference, r.image, r."packHash" from "Study" s join "Render" r on r.key = s.reference
     where r.status = 'done' and r."packHash" = any($1) order by s."updatedAt" desc`,
    [packHashes],
  )

  return parseRows(referencedRow, rows)
}

const lackingRow = z.object({ key: z.string(), image: z.string() })

/**
 * Some finished pictures of a study that have no distance to its reference yet. By chance, so that several who ask at
 * once seldom measure the same.
 */
export const lackingDistances = async (
  ledger: Ledger,
  { studyId, limit }: { studyId: string; limit: number },
): Promise<z.infer<typeof lackingRow>[]> => {
  const { rows } = await ledger.pool.query(
    `select key, image from (
       select distinct r.key, r.image from "Cell" c join "Render" r on r.key = c."renderKey"
       left join "Distance" d on d."studyId" = c."studyId" and d."renderKey" = c."renderKey"
       where c."studyId" = $1 and c.status = 'done' and c.partial is null and d.lpips is null
     ) lacking order by random() limit $2`,
    [studyId, limit],
  )

  return parseRows(lackingRow, rows)
}

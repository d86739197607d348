import { z } from 'zod'
import type { PackInfo } from '#study'
import type { Ledger } from './ledger.ts'
import { parseRows } from './row.ts'
import { silentSeconds } from './take-pack-check.ts'

const standingRow = z.object({
  info: z.custom<PackInfo>((value) => typeof value === 'object' && value !== null),
  seenAt: z.date(),
  checkedAt: z.date().nullable(),
  problem: z.string().nullable(),
  asked: z.boolean(),
  taken: z.boolean(),
  host: z.string().nullable(),
  readBytes: z.coerce.number(),
})

/** A pack, when its files were last hashed, and whether they are being hashed now. */
export type PackStanding = z.infer<typeof standingRow>

export const packStandings = async (ledger: Ledger): Promise<PackStanding[]> => {
  const { rows } = await ledger.pool.query(
    `select info, "seenAt", "checkedAt", problem, host, "readBytes", "askedAt" is not null as asked,
            coalesce("takenAt" > now() - make_interval(secs => $1), false) as taken
     from "Pack" order by name`,
    [silentSeconds],
  )

  return parseRows(standingRow, rows)
}

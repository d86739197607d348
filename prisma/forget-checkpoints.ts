import type { Ledger } from './ledger.ts'

/**
 * Drops the records of checkpoints that no render goes on from any more, superseded by a newer one or by the picture,
 * and were first saved before `before`. Their bytes are the caller's to remove, of the names returned; should
 * that not come about, `sweepBlobs` finds them a day later.
 */
export const forgetCheckpoints = async (
  ledger: Ledger,
  options: { before: Date; limit?: number },
): Promise<string[]> => {
  const { rows } = await ledger.pool.query<{ sha: string }>(
    `delete from "Blob" b
     where b.sha in (
       select sha from "Blob" where "mediaType" = 'application/octet-stream'
         and "createdAt" < $1
         and not exists (select from "Render" r where r.checkpoint = "Blob".sha)
       order by sha limit $2 for update skip locked)
     returning sha`,
    [options.before, options.limit ?? 10_000],
  )

  return rows.map((row) => row.sha)
}

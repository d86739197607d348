import type { Ledger } from './ledger.ts'

/** A worker that has not told of its progress for this long is gone; another takes the check up. */
export const silentSeconds = 30

/** Takes one check that waits, of the packs with these hashes, for the worker on `host`; null when none does. */
export const takePackCheck = async (
  ledger: Ledger,
  options: { hashes: readonly string[]; host: string },
): Promise<{ name: string; hash: string } | null> => {
  const { rows } = await ledger.pool.query<{ name: string; hash: string }>(
    `update "Pack" set "takenAt" = now(), host = $2, "readBytes" = 0
     where name = (
       select name from "Pack" where hash = any($1) and "askedAt" is not null
         and ("takenAt" is null or "takenAt" < now() - make_interval(secs => $3))
       order by "askedAt" limit 1 for update skip locked)
     returning name, hash`,
    [options.hashes, options.host, silentSeconds],
  )

  return rows[0] ?? null
}

import type { Ledger } from './ledger.ts'

/** What came of it: nothing wrong, or what. */
export const endPackCheck = async (
  ledger: Ledger,
  { name, host, problem }: { name: string; host: string; problem: string | null },
): Promise<void> => {
  await ledger.pool.query(
    `update "Pack" set "takenAt" = null, "askedAt" = null, "checkedAt" = now(), problem = $3
     where name = $1 and host = $2 and "takenAt" is not null`,
    [name, host, problem],
  )
}

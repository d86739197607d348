import type { Ledger } from './ledger.ts'

/** How far a check has come; one that another worker has taken up meanwhile changes nothing. */
export const tellPackCheck = async (
  ledger: Ledger,
  { name, host, readBytes }: { name: string; host: string; readBytes: number },
): Promise<void> => {
  await ledger.pool.query(
    `update "Pack" set "takenAt" = now(), "readBytes" = $3 where name = $1 and host = $2 and "takenAt" is not null`,
    [name, host, readBytes],
  )
}

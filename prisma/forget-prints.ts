import type { Ledger } from './ledger.ts'

/** Forgets prints that nobody has asked for lately; whoever asks again has them printed again. */
export const forgetPrints = async (
  ledger: Ledger,
  { olderThanSeconds }: { olderThanSeconds: number },
): Promise<number> => {
  const { rowCount } = await ledger.pool.query(
    `delete from "Print" where "usedAt" < now() - make_interval(secs => $1)`,
    [olderThanSeconds],
  )

  return rowCount ?? 0
}

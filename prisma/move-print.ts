import type { Ledger } from './ledger.ts'

/** One guarded step in the life of a print: queued → printing → done | failed, cancelled until then. */
const move = async (ledger: Ledger, statement: string, values: unknown[]): Promise<boolean> => {
  const { rowCount } = await ledger.pool.query(statement, values)

  return rowCount === 1
}

/** Takes a print on, or takes it up again after its printer was lost; false when nobody wants it any more. */
export const beginPrint = (ledger: Ledger, key: string, of: number): Promise<boolean> =>
  move(
    ledger,
    `update "Print" set status = 'printing', drawn = 0, "of" = $2 where key = $1 and status in ('queued', 'printing')`,
    [key, of],
  )

/** False when it was cancelled: stop. */
export const reportPrint = (ledger: Ledger, key: string, drawn: number): Promise<boolean> =>
  move(ledger, `update "Print" set drawn = $2 where key = $1 and status = 'printing'`, [key, drawn])

export const finishPrint = (
  ledger: Ledger,
  key: string,
  { blob, bytes }: { blob: string; bytes: number },
): Promise<boolean> =>
  move(
    ledger,
    `update "Print" set status = 'done', drawn = "of", blob = $2, bytes = $3 where key = $1 and status = 'printing'`,
    [key, blob, bytes],
  )

export const failPrint = (ledger: Ledger, key: string, error: string): Promise<boolean> =>
  move(
    ledger,
    `update "Print" set status = 'failed', error = $2 where key = $1 and status in ('queued', 'printing')`,
    [key, error],
  )

/** Somebody no longer wants it; false when it had ended already. */
export const cancelPrint = (ledger: Ledger, key: string): Promise<boolean> =>
  move(
    ledger,
    `update "Print" set status = 'cancelled' where key = $1 and status in ('queued', 'printing')`,
    [key],
  )

/** Its file is gone from the blobs: it is printed again. */
export const losePrint = (ledger: Ledger, key: string): Promise<boolean> =>
  move(
    ledger,
    `update "Print" set status = 'queued', drawn = 0, blob = null, bytes = null where key = $1 and status = 'done'`,
    [key],
  )

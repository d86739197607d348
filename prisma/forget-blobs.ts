import type { Ledger } from './ledger.ts'

/** Drops the records of blobs that are no longer stored. */
export const forgetBlobs = async (ledger: Ledger, shas: string[]): Promise<void> => {
  await ledger.pool.query('delete from "Blob" where sha = any($1)', [shas])
}

import type { Pool, PoolClient } from 'pg'
import type { Ledger } from './ledger.ts'

export interface BlobRecord {
  sha: string
  bytes: number
  mediaType: string
  width?: number
  height?: number
}

/** Remembers what the bytes of a blob are. The blob itself is stored first. */
export const recordBlob = (ledger: Ledger, blob: BlobRecord): Promise<void> => insertBlob(ledger.pool, blob)

/** The same within a transaction. Equal bytes are one blob, so a second record changes nothing. */
export const insertBlob = async (client: Pool | PoolClient, blob: BlobRecord): Promise<void> => {
  await client.query(
    `insert into "Blob" (sha, bytes, "mediaType", width, height) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [blob.sha, blob.bytes, blob.mediaType, blob.width ?? null, blob.height ?? null],
  )
}

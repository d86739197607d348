import type { Ledger } from './ledger.ts'
import { insertBlob } from './record-blob.ts'
import { transaction } from './transaction.ts'

/** Remembers where a render can be resumed from. The one before becomes unreferenced and is swept later. */
export const saveCheckpoint = (
  ledger: Ledger,
  options: { key: string; claim: string; step: number; blob: string; bytes: number },
): Promise<boolean> =>
  transaction(ledger.pool, async (client) => {
    const saved = await client.query(
      `update "Render" set checkpoint = $3, step = $4, deaths = 0 where key = $1 and claim = $2 and status = 'rendering'`,
      [options.key, options.claim, options.blob, options.step],
    )
    if (saved.rowCount === 0) return false

    await insertBlob(client, {
      sha: options.blob,
      bytes: options.bytes,
      mediaType: 'application/octet-stream',
    })

    return true
  })

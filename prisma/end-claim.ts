import type { PoolClient } from 'pg'
import type { Ledger } from './ledger.ts'
import type { RenderStatus } from './life.ts'
import { stampCells } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/**
 * The end of a claim: `update` moves the render out of `rendering` under the guard of its claim, and in the same
 * transaction its preview goes and its cells learn of it.
 *
 * @param update a statement that changes at most the render `key`, `$1` being the key and `$2` the claim
 * @returns false when the claim was stale: then nothing has changed
 */
export const endClaim = (
  ledger: Ledger,
  options: {
    key: string
    claim: string
    to: Exclude<RenderStatus, 'rendering'>
    update: string
    values?: unknown[]
    before?: (client: PoolClient) => Promise<void>
  },
): Promise<boolean> =>
  transaction(ledger.pool, async (client) => {
    const changed = await client.query(options.update, [
      options.key,
      options.claim,
      ...(options.values ?? []),
    ])
    if (changed.rowCount === 0) return false

    await options.before?.(client)
    await client.query('delete from "Preview" where "renderKey" = $1', [options.key])
    await stampCells(client, [options.key], options.to)

    return true
  })

import { endClaim } from './end-claim.ts'
import type { Ledger } from './ledger.ts'

/** This picture cannot be made; `error` says why in a sentence for people. Only `retryFailed` brings it back. */
export const failRender = (
  ledger: Ledger,
  options: { key: string; claim: string; error: string },
): Promise<boolean> =>
  endClaim(ledger, {
    key: options.key,
    claim: options.claim,
    to: 'failed',
    update: `update "Render" set status = 'failed', claim = null, error = $3, "finishedAt" = now()
      where key = $1 and claim = $2 and status = 'rendering'`,
    values: [options.error],
  })

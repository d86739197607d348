import type { Ledger } from './ledger.ts'
import { requeue } from './requeue.ts'

/**
 * Everything held under these claims goes back to `queued`. A new attempt of an activity calls it with the claims of
 * the attempts before it, which are gone for certain, instead of waiting until `reclaimLost` notices.
 */
export const releaseClaims = (ledger: Ledger, claims: string[]): Promise<number> =>
  requeue(ledger, {
    select: `r.status = 'rendering' and r.claim = any($1)`,
    values: [claims],
    set: 'deaths = deaths + 1',
  })

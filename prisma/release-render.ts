import { endClaim } from './end-claim.ts'
import type { Ledger } from './ledger.ts'

/**
 * Gives a claimed render back, with its checkpoint if it has one: pause, cancel, a worker going home. `died` counts one
 * more renderer that died at it.
 */
export const releaseRender = (
  ledger: Ledger,
  options: { key: string; claim: string; died?: boolean },
): Promise<boolean> =>
  endClaim(ledger, {
    key: options.key,
    claim: options.claim,
    to: 'queued',
    update: `update "Render" set status = 'queued', claim = null, deaths = deaths + $3
      where key = $1 and claim = $2 and status = 'rendering'`,
    values: [options.died ? 1 : 0],
  })

import type { Ledger } from './ledger.ts'
import { requeue } from './requeue.ts'

/**
 * Puts back renders whose claim is dead: the device's process was replaced since, or for `olderThanSeconds` neither
 * the device nor the render gave a sign of life. Its late writer, should there be one, finds its claim stale.
 */
export const reclaimLost = (ledger: Ledger, options: { olderThanSeconds: number }): Promise<number> =>
  requeue(ledger, {
    select: `r.status = 'rendering' and (
      exists (select from "Device" d where d.id = r.device and d."startedAt" > r."claimedAt")
      or (r."claimedAt" < now() - make_interval(secs => $1)
        and not exists (select from "Device" d where d.id = r.device and d."lastSeen" >= now() - make_interval(secs => $1))
        and not exists (select from "Preview" p where p."renderKey" = r.key and p.claim = r.claim
                          and p."updatedAt" >= now() - make_interval(secs => $1))))`,
    values: [options.olderThanSeconds],
    set: 'deaths = deaths + 1',
  })

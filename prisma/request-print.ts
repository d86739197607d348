import { toPrint } from './get-print.ts'
import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'
import type { Print } from './types.ts'

/**
 * Asks for a sheet as a file. `key` is made of all that decides its bytes: one that is there, or under way, is not
 * printed again; one that failed or was cancelled is queued anew.
 */
export const requestPrint = async (
  ledger: Ledger,
  { key, studyId, request }: { key: string; studyId: string; request: unknown },
): Promise<Print> => {
  assertStudyId(studyId)
  await ledger.pool.query(
    `insert into "Print" as p (key, "studyId", request) values ($1, $2, $3)
     on conflict (key) do update set "usedAt" = now(),
       status = case when p.status in ('failed', 'cancelled') then 'queued' else p.status end,
       drawn = case when p.status in ('failed', 'cancelled') then 0 else p.drawn end,
       error = case when p.status in ('failed', 'cancelled') then null else p.error end`,
    [key, studyId, JSON.stringify(request)],
  )

  return toPrint(await ledger.prisma.print.findUniqueOrThrow({ where: { key } }))
}

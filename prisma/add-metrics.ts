import type { Ledger } from './ledger.ts'
import { stampCells } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** More figures of finished pictures, by render key; every cell that shows one is told. Repeating it changes nothing. */
export const addMetrics = (
  ledger: Ledger,
  measured: ReadonlyMap<string, Readonly<Record<string, number>>>,
): Promise<number> =>
  transaction(ledger.pool, async (client) => {
    const { rows } = await client.query<{ key: string }>(
      `with given as (
         select key, metrics from unnest($1::text[], $2::jsonb[]) as given(key, metrics)
       ), held as (
         select r.key from "Render" r join given on given.key = r.key
         where r.status = 'done' and not coalesce(r.metrics, '{}') @> given.metrics
         order by r.key for no key update of r
       )
       update "Render" r set metrics = coalesce(r.metrics, '{}') || given.metrics
       from held join given on given.key = held.key where r.key = held.key returning r.key`,
      [[...measured.keys()], [...measured.values()].map((figures) => JSON.stringify(figures))],
    )
    if (rows.length > 0)
      await stampCells(
        client,
        rows.map(({ key }) => key),
        'done',
      )

    return rows.length
  })

import type { Ledger } from '../ledger.ts'
import { invariants } from './invariants.ts'

export interface Verdict {
  name: string
  words: string
  ok: boolean
  /** How many rows break it. */
  count: number
  /** The first of them. */
  such: string[]
}

const shown = 5

/** Looks at every invariant of the ledger, all at one moment. Nothing is changed. */
export const checkLedger = async (ledger: Ledger): Promise<Verdict[]> => {
  const client = await ledger.pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read, read only')
    const verdicts: Verdict[] = []
    for (const { name, words, offenders } of invariants) {
      const { rows } = await client.query<{ count: string; such: string[] | null }>(
        `with offenders as materialized (${offenders})
         select (select count(*) from offenders) as count,
                (select array_agg(who) from (select who from offenders order by who limit ${shown}) first) as such`,
      )
      const count = Number(rows[0]!.count)
      verdicts.push({ name, words, ok: count === 0, count, such: rows[0]!.such ?? [] })
    }
    await client.query('commit')

    return verdicts
  } finally {
    client.release()
  }
}

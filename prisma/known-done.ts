import type { Ledger } from './ledger.ts'

const batch = 10_000

/** Those of `keys` whose picture exists already: what a study would reuse. */
export const knownDone = async (ledger: Ledger, keys: string[]): Promise<Set<string>> => {
  const known = new Set<string>()
  for (let from = 0; from < keys.length; from += batch) {
    const { rows } = await ledger.pool.query<{ key: string }>(
      `select key from "Render" where key = any($1) and status = 'done'`,
      [keys.slice(from, from + batch)],
    )
    for (const row of rows) known.add(row.key)
  }

  return known
}

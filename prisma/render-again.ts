import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { lockEdition } from './lock-edition.ts'
import { assertStudyId } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** The key of a further take: same recipe, another render. */
export const takeKey = (original: string, take: number): string =>
  take === 0 ? original : createHash('sha256').update(`${original} take ${take}`).digest('hex')

/**
 * Queues finished pictures of a study once more, on purpose: each gets a further take, which the study shows from now
 * on; the takes before are kept and stay what other studies show. The study's own status is the caller's to change.
 *
 * @param seqs places of cells; those that are not done are left alone
 * @returns how many renders were queued
 */
export const renderAgain = (ledger: Ledger, id: string, seqs: readonly number[]): Promise<number> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    await lockEdition(client, id, undefined)
    const { rows } = await client.query<{ key: string; original: string; takes: number }>(
      `select r.key, coalesce(r.original, r.key) as original,
              (select max(t.take) from "Render" t
               where t.key = coalesce(r.original, r.key) or t.original = coalesce(r.original, r.key)) as takes
       from "Render" r
       where r.status = 'done' and r.key in (
         select "renderKey" from "Cell" where "studyId" = $1 and seq = any($2) and status = 'done')`,
      [id, seqs],
    )
    if (rows.length === 0) return 0

    const version = await bumpStudy(client, id)
    for (const { key, original, takes } of rows)
      await showTake(client, { id, version: version!, from: key, original, take: takes + 1 })

    return rows.length
  })
}

const showTake = async (
  client: PoolClient,
  options: { id: string; version: string; from: string; original: string; take: number },
): Promise<void> => {
  const { id, version, from, original, take } = options
  const key = takeKey(original, take)
  const made = await client.query(
    `insert into "Render" (key, "baseHash", patch, pack, "packHash", original, take)
     select $1, "baseHash", patch, pack, "packHash", $2, $3 from "Render" where key = $4 on conflict do nothing`,
    [key, original, take, from],
  )
  if (made.rowCount === 0)
    throw new TeststripError(
      'conflict',
      'Somebody else has just asked for this picture again; look at it once more.',
    )

  await client.query(
    `insert into "Take" ("studyId", original, "renderKey") values ($1, $2, $3)
     on conflict ("studyId", original) do update set "renderKey" = excluded."renderKey"`,
    [id, original, key],
  )
  await client.query(
    `update "Cell" set "renderKey" = $3, status = 'queued', reused = false, version = $4
     where "studyId" = $1 and "renderKey" = $2 and status <> 'excluded'`,
    [id, from, key, version],
  )
}

import type { Ledger } from './ledger.ts'
import { lockEdition } from './lock-edition.ts'
import { assertStudyId } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/**
 * The last word after `enqueueCells`: cells from `size` on are gone (an axis became shorter), and the planner learns
 * how the tables look now instead of at the next autovacuum.
 */
export const finishEnqueue = async (
  ledger: Ledger,
  options: { studyId: string; size: number; edition?: number },
): Promise<{ removed: number }> => {
  assertStudyId(options.studyId)
  const removed = await transaction(ledger.pool, async (client) => {
    await lockEdition(client, options.studyId, options.edition)
    await client.query('update "Study" set expanded = edition where id = $1', [options.studyId])
    await bumpStudy(client, options.studyId)
    const { rowCount } = await client.query('delete from "Cell" where "studyId" = $1 and seq >= $2', [
      options.studyId,
      options.size,
    ])

    return rowCount ?? 0
  })
  await ledger.pool.query('analyze "Cell", "Render"')

  return { removed }
}

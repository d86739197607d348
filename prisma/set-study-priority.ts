import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** 1 is served first, 5 last. */
export const setStudyPriority = async (ledger: Ledger, id: string, priority: number): Promise<boolean> => {
  assertStudyId(id)
  if (!Number.isInteger(priority) || priority < 1 || priority > 5)
    throw new TeststripError(
      'invalid_input',
      `priority is ${priority}; it must be a whole number from 1 (first) to 5 (last).`,
    )

  return transaction(ledger.pool, async (client) => {
    const changed = await client.query('update "Study" set priority = $2 where id = $1', [id, priority])
    if (changed.rowCount === 0) return false
    await bumpStudy(client, id)

    return true
  })
}

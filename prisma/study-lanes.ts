import { TeststripError } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

export const mostLanes = 64
/** A device that was silent for longer is not counted on. */
const silentSeconds = 30

/** How many lanes a person wants for a study; null follows the fleet. */
export const setStudyLanes = async (ledger: Ledger, id: string, lanes: number | null): Promise<boolean> => {
  assertStudyId(id)
  if (lanes !== null && !(Number.isInteger(lanes) && lanes >= 1 && lanes <= mostLanes))
    throw new TeststripError(
      'invalid_input',
      `lanes is ${lanes}; it must be a whole number from 1 to ${mostLanes}, or null to follow the fleet.`,
    )

  return transaction(ledger.pool, async (client) => {
    const changed = await client.query('update "Study" set lanes = $2 where id = $1', [id, lanes])
    if (changed.rowCount === 0) return false
    await bumpStudy(client, id)

    return true
  })
}

/**
 * The lanes a study is to have now: what a person said, else two for every device that has its pack: one renders while
 * the other waits its turn.
 */
export const studyLanes = async (ledger: Ledger, id: string): Promise<number> => {
  assertStudyId(id)
  const { rows } = await ledger.pool.query<{ lanes: number | null; devices: number }>(
    `select lanes, (
       select count(*)::int from "Device" d
       where s.file ->> 'pack' = any(d.packs) and d."asideAt" is null
         and d."lastSeen" >= now() - make_interval(secs => $2)
     ) as devices
     from "Study" s where id = $1`,
    [id, silentSeconds],
  )
  const study = rows[0]
  if (!study) throw noSuchStudy(id)

  return study.lanes ?? Math.min(mostLanes, Math.max(2, 2 * study.devices))
}

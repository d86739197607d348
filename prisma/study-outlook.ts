import type { Speed } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'

const silentSeconds = 30
/** Nobody needs to know exactly how many more there are. */
const countedTo = 2_000

export interface StudyOutlook {
  /** Another running study should have the device now: a more urgent one, or one with less than half as much left. */
  yields: boolean
  /** Renders queued, counted up to 2,000. */
  left: number
  /** Other devices that render for the study at this moment, as fast as they proved. */
  others: { id: string; speed: Speed | null }[]
}

/**
 * What a device looks at before its next claim, in one statement.
 *
 * @param options.packs those the asking worker holds: it makes way only for studies that it can serve
 */
export const studyOutlook = async (
  ledger: Ledger,
  options: { studyId: string; device: string; packs: readonly string[] },
): Promise<StudyOutlook> => {
  assertStudyId(options.studyId)
  const queued = (study: string): string =>
    `(select count(*)::int from (select from "Cell" where "studyId" = ${study} and status = 'queued' limit ${countedTo}) q)`
  const { rows } = await ledger.pool.query<StudyOutlook>(
    `select me.left, exists (
       select from "Study" s, lateral (select ${queued('s.id')} as left) other
       where s.status = 'running' and s.id <> $1 and s.file ->> 'pack' = any($2) and other.left > 0
         and (s.priority < me.priority or (s.priority = me.priority and other.left * 2 < me.left))
     ) as yields, coalesce((
       select json_agg(json_build_object('id', d.id, 'speed', d.speed)) from "Device" d
       where d.id <> $4 and d."asideAt" is null and d."lastSeen" >= now() - make_interval(secs => $3)
         and exists (select from "Render" r join "Cell" c on c."renderKey" = r.key
                     where r.status = 'rendering' and r.device = d.id and c."studyId" = $1)
     ), '[]') as others
     from (select priority, ${queued('$1')} as left from "Study" where id = $1) me`,
    [options.studyId, options.packs, silentSeconds, options.device],
  )
  if (!rows[0]) throw noSuchStudy(options.studyId)

  return rows[0]
}

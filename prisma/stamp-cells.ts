import type { PoolClient } from 'pg'
import type { RenderStatus } from './life.ts'

/** Every change of a study is announced here, with the study's id, when its transaction commits. */
export const studyChannel = 'teststrip_study'

/**
 * Tells every cell of these renders, in every study, what became of them: sets its status, moves its study to the
 * next version, stamps the cell with it and announces the study once.
 *
 * The caller holds the renders' rows, in a statement before this one: nobody can then attach a new cell to them, and
 * this statement's snapshot shows all there are. Studies are locked in order of their ids; whoever comes second
 * waits for the first to commit, so versions commit in order and a reader's cursor skips nothing.
 */
export const stampCells = async (client: PoolClient, keys: string[], status: RenderStatus): Promise<void> => {
  await client.query(
    `with locked as (
       select id from "Study"
       where id in (select "studyId" from "Cell" where "renderKey" = any($1) and status <> 'excluded')
       order by id for no key update
     ), bumped as (
       update "Study" s set version = s.version + 1, "updatedAt" = now()
       from locked where s.id = locked.id returning s.id, s.version
     ), stamped as (
       update "Cell" c set status = $2::"CellStatus", version = bumped.version
       from bumped where c."studyId" = bumped.id and c."renderKey" = any($1) and c.status <> 'excluded'
     )
     select pg_notify($3, id::text) from bumped`,
    [keys, status, studyChannel],
  )
}

/** Moves one study to its next version and announces it. Null when there is no such study. */
export const bumpStudy = async (client: PoolClient, studyId: string): Promise<string | null> => {
  const { rows } = await client.query<{ version: string }>(
    `with bumped as (update "Study" set version = version + 1, "updatedAt" = now() where id = $1 returning id, version)
     select version, pg_notify($2, id::text) from bumped`,
    [studyId, studyChannel],
  )

  return rows[0]?.version ?? null
}

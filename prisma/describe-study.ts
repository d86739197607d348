import type { StudyFile } from '#study'
import type { Ledger } from './ledger.ts'
import { assertStudyId, noSuchStudy } from './row.ts'
import { bumpStudy } from './stamp-cells.ts'
import { transaction } from './transaction.ts'

/** What people say about a study: none of it decides a pixel, so it may change in any state. */
export type StudyWords = Partial<Pick<StudyFile, 'title' | 'notes' | 'tags'>>

/** Changes a study's title, notes or tags; what is left out stays as it is. */
export const describeStudy = (ledger: Ledger, id: string, words: StudyWords): Promise<void> => {
  assertStudyId(id)

  return transaction(ledger.pool, async (client) => {
    if ((await bumpStudy(client, id)) === null) throw noSuchStudy(id)
    await client.query(
      `update "Study" set title = coalesce($2, title), file = file || $3::jsonb where id = $1`,
      [id, words.title ?? null, JSON.stringify(words)],
    )
    await client.query(
      `insert into "Event" ("studyId", actor, kind, details) values ($1, 'person', 'described', $2)`,
      [id, JSON.stringify(words)],
    )
  })
}

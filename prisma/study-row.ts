import type { StudyFile } from '#study'
import { TeststripError } from '#study'
import type { Study as Row } from './generated/client.ts'
import type { Study } from './types.ts'

/** The row as others see it. The file was checked before it was stored. */
export const toStudy = (row: Row): Study => ({
  id: row.id,
  title: row.title,
  file: row.file as unknown as StudyFile,
  status: row.status,
  priority: row.priority,
  lanes: row.lanes,
  demo: row.demo,
  reference: row.reference,
  version: row.version.toString(),
  edition: row.edition,
  expanded: row.expanded,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  archivedAt: row.archivedAt,
})

/** In JSON: NUL and halves of surrogate pairs, which Postgres refuses; an escaped backslash before them is text. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/

/** Columns that follow from the file. */
export const fileColumns = (file: StudyFile) => {
  const text = JSON.stringify(file)
  if (unstorable.test(text))
    throw new TeststripError(
      'invalid_input',
      `The study '${file.title.replaceAll('\0', '').replace(/\p{Cs}/gu, '')}' contains a NUL character or half an emoji in one of its texts. Remove it.`,
    )

  return { title: file.title, file: JSON.parse(text) as object, priority: file.priority ?? 3 }
}

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
  demo: row.demo,
  version: row.version.toString(),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  archivedAt: row.archivedAt,
})

/** Columns that follow from the file. */
export const fileColumns = (file: StudyFile) => {
  const text = JSON.stringify(file)
  if (text.includes('\\u0000'))
    throw new TeststripError(
      'invalid_input',
      `The study '${file.title.replaceAll('\0', '')}' contains a NUL character in one of its texts. Remove it.`,
    )

  return { title: file.title, file: JSON.parse(text) as object, priority: file.priority ?? 3 }
}

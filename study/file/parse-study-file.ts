import { stringify } from 'yaml'
import { TeststripError } from '../errors.ts'
import { readDocument } from './read-document.ts'
import { type StudyFile, studyFileSchema } from './study-file.ts'

/** Reads a study file (YAML, JSON, or an object already read). Throws `invalid_input` with one sentence. */
export function parseStudyFile(textOrObject: unknown): StudyFile {
  const document =
    typeof textOrObject === 'string' ? readDocument(textOrObject, 'The study file') : textOrObject
  const result = studyFileSchema.safeParse(document)
  if (result.success) return result.data as StudyFile

  const issue = result.error.issues[0]!
  const where = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the document'
  throw new TeststripError(
    'invalid_input',
    `The study file is not usable at ${where}: ${lowerFirst(issue.message)}.`,
    {
      issues: result.error.issues.map(({ path, message }) => ({ path, message })),
    },
  )
}

/** The study file as YAML; `parseStudyFile` reads it back. */
export function studyFileToYaml(file: StudyFile): string {
  return stringify(file, { lineWidth: 100 })
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')

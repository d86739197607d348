import { stringify } from 'yaml'
import type { z } from 'zod'
import { TeststripError } from '../errors.ts'
import { show } from '../parameters/check-value.ts'
import { nearestOf } from '../parameters/nearest.ts'
import { readDocument } from './read-document.ts'
import { type StudyFile, studyFileSchema } from './study-file.ts'

/** Reads a study file (YAML, JSON, or an object already read). Throws `invalid_input` with one sentence. */
export function parseStudyFile(textOrObject: unknown): StudyFile {
  const document =
    typeof textOrObject === 'string' ? readDocument(textOrObject, 'The study file') : textOrObject
  const result = studyFileSchema.safeParse(document)
  if (result.success) return result.data as StudyFile

  throw new TeststripError('invalid_input', sentenceOf(result.error.issues[0]!, document), {
    issues: result.error.issues.map(({ path, message }) => ({ path, message })),
  })
}

function sentenceOf(issue: z.core.$ZodIssue, document: unknown): string {
  const where = issue.path.length > 0 ? `"${issue.path.join('.')}"` : 'the document'
  if (where === '"teststrip"')
    return `The study file must begin with teststrip: 1, the version of its format, but has ${show((document as { teststrip?: unknown }).teststrip)}.`
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const [key] = issue.keys as [string]
    const nearest = nearestOf(key, Object.keys(studyFileSchema.shape))

    return `The study file has a key that is not known, "${key}"${nearest ? `; did you mean ${nearest}?` : '.'}`
  }

  return `The study file is not usable at ${where}: ${lowerFirst(issue.message)}.`
}

/** The study file as YAML; `parseStudyFile` reads it back. */
export function studyFileToYaml(file: StudyFile): string {
  return stringify(file, { lineWidth: 100 })
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')

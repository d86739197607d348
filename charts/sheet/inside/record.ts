import { createHash } from 'node:crypto'
import { z } from 'zod'
import { parseStudyFile, studyFileToYaml, TeststripError } from '#study'
import type { EmbeddedStudy } from '../sheet-document.ts'

const axes = z.array(z.int().min(0).max(99)).max(100)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const recordSchema = z.object({
  teststrip: z.literal(1),
  study: z.object({ id: z.string().max(200), title: z.string().max(2000) }),
  file: z.string(),
  view: z.object({
    columns: axes,
    rows: axes,
    groups: axes.optional(),
    pages: axes.optional(),
    slider: z
      .array(z.object({ axis: z.int().min(0).max(99), point: z.int().min(0) }))
      .max(100)
      .optional(),
  }),
  pack: z.object({ name: z.string().max(200), hash: z.string().max(200) }),
  renderKeys: z.array(sha256).max(1_000_000),
  pictures: z.array(z.string().max(200).nullable()).max(1_000_000).default([]),
})

/** Largest record that is read: 1,000,000 keys and pictures fit; a bomb does not. */
export const mostRecordBytes = 256 * 2 ** 20

export const refused = (why: string) =>
  new TeststripError('invalid_input', `This file cannot be opened: ${why}`)

const digestOf = (json: string) => createHash('sha256').update(json).digest('hex')

/** The study as it travels in a file: JSON with a checksum of itself. YAML inside, as it would come as a file. */
export function writeRecord(embedded: EmbeddedStudy): string {
  const record = { ...embedded, file: studyFileToYaml(embedded.file) }

  return JSON.stringify({ ...record, sha256: digestOf(JSON.stringify(record)) })
}

/** Reads such a record back, from a file that may be anything. Throws `invalid_input` with the reason. */
export function readRecord(text: string): EmbeddedStudy {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('the study inside is damaged.')
  }
  const parsed = recordSchema.safeParse(value)
  if (!parsed.success) throw refused('the study inside is not written as Teststrip writes it.')

  const { sha256: digest, ...record } = value as Record<string, unknown>
  if (digest !== undefined && digest !== digestOf(JSON.stringify(record)))
    throw refused('the study inside was changed after it was exported; its checksum does not match.')

  return { ...parsed.data, file: parseStudyFile(parsed.data.file) }
}

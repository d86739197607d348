import { z } from 'zod'
import { type StudyFile, studyFileSchema, TeststripError } from '#study'
import { askJson } from './api.ts'

const counts = z.object({
  cells: z.number(),
  excluded: z.number(),
  queued: z.number(),
  rendering: z.number(),
  done: z.number(),
  failed: z.number(),
})

export const progressSchema = z.object({
  status: z.string(),
  counts,
  perMinute: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  errorShare: z.number().nullable(),
})

export const studySchema = z.object({
  id: z.string(),
  title: z.string(),
  file: studyFileSchema.transform((file) => file as StudyFile),
  status: z.string(),
  progress: progressSchema,
})

export type RemoteStudy = z.infer<typeof studySchema>
export type Progress = z.infer<typeof progressSchema>

const whole = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const start = /^[0-9a-f-]{6,36}$/i

/** A full id is taken as it is; its first six or more characters, as sheets print them, are looked up. */
export async function studyId(
  text: string,
  beginning: (start: string) => Promise<string[]> = askForIds,
): Promise<string> {
  if (whole.test(text)) return text.toLowerCase()
  if (!start.test(text)) throw new TeststripError('invalid_input', `"${text}" is not the id of a study.`)

  const found = await beginning(text.toLowerCase())
  if (found.length === 1) return found[0]!

  throw new TeststripError(
    found.length === 0 ? 'not_found' : 'conflict',
    found.length === 0
      ? `There is no study ${text}.`
      : `Several studies begin with ${text}; give more of the id.`,
  )
}

async function askForIds(start: string): Promise<string[]> {
  const list = z.object({ studies: z.array(z.object({ id: z.string() })) })
  const ids: string[] = []
  for (const archived of [false, true])
    for (const { id } of (await askJson(list, `/api/studies?limit=500&archived=${archived}`)).studies)
      if (id.startsWith(start)) ids.push(id)

  return ids
}

export const readStudy = async (id: string): Promise<RemoteStudy> =>
  askJson(studySchema, `/api/studies/${id}`)

/** `12 of 16 done, 1 failed, about 40 s left`. */
export function inWords({ counts, secondsLeft, errorShare }: Progress): string {
  const parts = [`${counts.done} of ${counts.cells - counts.excluded} done`]
  if (counts.rendering > 0) parts.push(`${counts.rendering} rendering`)
  if (counts.failed > 0) parts.push(`${counts.failed} failed`)
  if (secondsLeft !== null && secondsLeft > 0) {
    const time = secondsLeft < 90 ? `${Math.round(secondsLeft)} s` : `${Math.round(secondsLeft / 60)} min`
    parts.push(`about ${time} left${errorShare === null ? '' : ` (± ${Math.round(errorShare * 100)} %)`}`)
  }

  return parts.join(', ')
}

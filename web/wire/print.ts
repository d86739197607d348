import { z } from 'zod'

/** A sheet on its way into a file. */
export const printSchema = z.object({
  key: z.string().describe('Made of all that decides the bytes of the file.'),
  studyId: z.string(),
  status: z.enum(['queued', 'printing', 'done', 'failed', 'cancelled']),
  drawn: z.number().int().describe('Cells drawn so far.'),
  of: z.number().int(),
  file: z.string().nullable().describe('Where the file is, once it is done.'),
  bytes: z.number().nullable(),
  error: z.string().nullable().describe('Why it failed.'),
})

/** A read-only link to a sheet, or to a whole study. */
export const linkSchema = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string().describe('What to send; whoever has it needs nothing else.'),
  whole: z.boolean().describe('It shows every picture of the study, not the sheet alone.'),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
})

export type WirePrint = z.infer<typeof printSchema>
export type WireLink = z.infer<typeof linkSchema>

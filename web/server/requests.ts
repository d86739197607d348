import { z } from 'zod'
import { markSchema } from '../wire/study.ts'

/** What requests may say, beside study files, which `#study` reads. */
export const listQuery = z.object({
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('Those put aside instead of the library.'),
})

const version = z.string().regex(/^\d{1,19}$/, 'a version is a decimal number')

export const cellsQuery = z.object({
  after: version.default('0').describe('Only cells changed after this study version.'),
  limit: z.coerce.number().int().min(1).max(20_000).default(5_000),
})

export const eventsQuery = z.object({ after: version.default('0') })

export const pauseBody = z.object({
  mode: z
    .enum(['soft', 'hard'])
    .default('hard')
    .describe('soft lets pictures under way finish; hard stops within seconds.'),
})

export const retryBody = z.object({
  seqs: z.array(z.number().int().nonnegative()).max(100_000).optional().describe('These cells only.'),
})

export const markBody = markSchema.partial()

export const seqParam = z.coerce.number().int().nonnegative()

export const sheetQuery = z.object({
  theme: z.enum(['light', 'dark']).default('light'),
  size: z.coerce.number().int().min(16).max(1024).optional().describe('Width of a cell in pixels.'),
  cols: z.string().optional(),
  rows: z.string().optional(),
  pages: z.string().optional(),
  at: z.string().optional(),
  download: z.string().optional(),
})

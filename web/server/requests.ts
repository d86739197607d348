import { z } from 'zod'
import { printRequestSchema } from '#charts'
import { mostLanes } from '#prisma'
import { studyFileSchema } from '#study'
import { readSearch } from '../wire/library.ts'
import { sheetQuery } from '../wire/sheet-query.ts'
import { markSchema, studyStatus } from '../wire/study.ts'

/** What requests may say, beside study files, which `#study` reads. */
const yesOrNo = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

export const listQuery = z.object({
  search: z
    .string()
    .max(200)
    .default('')
    .describe('Words that must all occur, and parameters on axes as in `eta × cut_ic_pow`.'),
  status: studyStatus.optional(),
  pack: z.string().max(100).optional(),
  tag: z.string().max(40).optional(),
  order: z.enum(['newest', 'changed', 'title']).default('newest'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  archived: yesOrNo.describe('Those put aside instead of the library.'),
})

export const importQuery = z.object({
  copy: yesOrNo.describe('Under a new id, beside the study if it is here already.'),
})

/** What the ledger is asked for by a request like that. */
export const libraryQuery = ({ search, ...rest }: z.output<typeof listQuery>) => {
  const { axes, words } = readSearch(search)

  return { ...rest, search: words, axes }
}

export const wordsBody = studyFileSchema.pick({ title: true, notes: true, tags: true }).partial()

const version = z.string().regex(/^\d{1,19}$/, 'a version is a decimal number')

const place = z.coerce.number().int().nonnegative()

export const cellsQuery = z.object({
  after: version.default('0').describe('Only cells changed after this study version.'),
  limit: z.coerce.number().int().min(1).max(20_000).default(5_000),
  seqs: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,999}$/, 'up to 1,000 places, separated by commas')
    .transform((text) => text.split(',').map(Number))
    .optional()
    .describe('These cells instead, as they stand now.'),
})

export const columnsQuery = z.object({ from: place.default(0), to: place.default(20_000) })

export const marksBody = markSchema.partial().extend({
  seqs: z.array(z.number().int().nonnegative()).min(1).max(100_000).describe('The cells to mark.'),
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
  limits: z
    .object({
      memory: z.number().int().nullable().describe('Bytes; null: all a device has.'),
      batch: z.number().int().nullable().describe('Renders together; null: as it was started.'),
    })
    .partial()
    .optional()
    .describe('For every device that has the pack, from now on.'),
})

export const renderAgainBody = z.object({
  seqs: z.array(z.number().int().nonnegative()).min(1).max(1_000).describe('Finished cells, by place.'),
})

export const skipBody = z.union([
  z.object({ seqs: z.array(z.number().int().nonnegative()).min(1).max(100_000) }),
  z
    .object({ axis: z.number().int().nonnegative(), point: z.number().int().nonnegative() })
    .describe('All cells at one point of one axis: a row or a column.'),
])

export const priorityBody = z.object({
  priority: z.literal([1, 2, 3, 4, 5]).describe('1 is served first, 5 last.'),
})

export const referenceBody = z.object({
  seq: z.number().int().nonnegative().nullable().describe('A finished cell, by place; null: none.'),
})

export const lanesBody = z.object({
  lanes: z
    .number()
    .int()
    .min(1)
    .max(mostLanes)
    .nullable()
    .describe(
      'How many devices work for the study at once, and those that wait their turn; null: two per device.',
    ),
})

export const deviceBody = z.object({
  id: z.string().min(1),
  aside: z.boolean().optional().describe('false brings it back, true sets it aside.'),
  memoryLimit: z.number().int().nullable().optional().describe('Bytes; null: all it has.'),
  batchLimit: z.number().int().nullable().optional().describe('Renders together; null: as it was started.'),
})

export const markBody = markSchema.partial()

export const seqParam = z.coerce.number().int().nonnegative()

/** A sheet as a file. */
export const sheetFileQuery = sheetQuery.extend({
  quality: z.coerce.number().int().min(1).max(100).optional().describe('Of formats that lose something.'),
  page: z.coerce.number().int().min(0).optional().describe('Of several, where a file holds one; from 0.'),
  wait: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(25)
    .describe('Seconds to wait for it before the answer is 202 and where to look.'),
  download: z.string().optional(),
})

/** A sheet to be printed, whoever fetches it. */
export const printBody = z.object({
  query: sheetQuery.describe('The sheet, in the words of the address of sheet.png.'),
  format: printRequestSchema.shape.format,
  quality: printRequestSchema.shape.quality,
  page: printRequestSchema.shape.page,
})

/** What a link shows and for how long. */
export const linkBody = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  query: z
    .record(z.string(), z.string().max(300))
    .default({})
    .describe('The sheet, in the words of the address of sheet.png.'),
  whole: z.boolean().default(false).describe('Show every picture of the study, not the sheet alone.'),
  days: z
    .number()
    .min(0.01)
    .max(3650)
    .nullable()
    .default(null)
    .describe('Until it ends by itself; null never.'),
})

import { z } from 'zod'
import { studyFileSchema } from '#study'

/** What travels between server and browser, and what the API promises: one schema each, types from it. */
const count = z.number().int().nonnegative()

export const studyStatus = z.enum(['draft', 'running', 'paused', 'finished', 'cancelled'])

export const countsSchema = z.object({
  cells: count,
  excluded: count,
  queued: count,
  rendering: count,
  done: count,
  failed: count,
})

export const progressSchema = z.object({
  status: studyStatus,
  counts: countsSchema,
  perMinute: z.number().nullable().describe('Renders finished per minute, measured.'),
  secondsLeft: z.number().nullable().describe('At that rate; as forecast before anything is measured.'),
  errorShare: z.number().nullable().describe('Share by which forecasts of finished studies missed (median).'),
  forecast: z
    .object({
      seconds: z.number(),
      took: z.number().nullable().describe('Seconds of running, pauses left out; null before the end.'),
      error: z.number().nullable().describe('Share by which it missed: 0.2 took a fifth longer.'),
    })
    .nullable()
    .describe('What was forecast when the study was last begun, and what became of it.'),
})

export const studySchema = z.object({
  id: z.string(),
  title: z.string(),
  file: studyFileSchema,
  status: studyStatus,
  priority: count.describe('1 is served first, 5 last.'),
  lanes: count.nullable().describe('As a person said; null follows the fleet.'),
  demo: z.boolean(),
  reference: z.string().nullable().describe('Render whose picture the others are measured against (LPIPS).'),
  version: z.string().describe('Grows with every visible change; a decimal, because it may exceed 2^53.'),
  edition: count.describe('Grows with every new file; send it as If-Match to change what you have read.'),
  createdAt: z.string(),
  updatedAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  progress: progressSchema,
})

export const pictureSchema = z.object({
  seq: count,
  coords: z.array(count),
  image: z.string(),
  width: count,
  height: count,
})

export const studySummarySchema = studySchema.extend({
  pictures: z.array(pictureSchema).describe('At most 30, spread over the first page.'),
})

export const markSchema = z.object({
  rating: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).nullable(),
  mark: z.enum(['star', 'reject']).nullable(),
  note: z.string().max(10_000).nullable(),
})

export const cellSchema = markSchema.extend({
  seq: count,
  coords: z.array(count).describe("The point's index on each axis."),
  renderKey: z.string(),
  status: z.enum(['queued', 'rendering', 'done', 'failed', 'excluded']),
  image: z.string().nullable().describe('SHA-256 of the picture: /blobs/{image}.'),
  width: count.nullable(),
  height: count.nullable(),
  step: count.nullable(),
  of: count.nullable(),
  error: z.string().nullable(),
  seconds: z.number().nullable(),
  device: z.string().nullable(),
  metrics: z.record(z.string(), z.number()).nullable(),
  reused: z.boolean(),
})

export const cellsSchema = z.object({ version: z.string(), more: z.boolean(), cells: z.array(cellSchema) })

export const previewSchema = z.object({
  seqs: z.array(count).describe('The cells that wait for this picture.'),
  step: count,
  of: count,
  webp: z.string().nullable().describe('The growing picture, base64.'),
})

export const frameSchema = z.object({
  version: z.string(),
  edition: count.describe("Of the study's file: when it grows, the axes are others."),
  progress: progressSchema,
  cells: z.array(cellSchema),
  previews: z.array(previewSchema),
})

export const cellDetailSchema = cellSchema.extend({
  recipe: z.record(z.string(), z.unknown()).nullable(),
  skipped: z.boolean().describe('Left out by hand.'),
  attempt: count,
  claimedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  timings: z.record(z.string(), z.number()).nullable().describe('Seconds per step, fixed and per cut.'),
  events: z
    .array(z.object({ at: z.string(), actor: z.string(), kind: z.string() }))
    .describe('What happened to the study lately, newest first.'),
  partials: z.array(z.object({ step: count, image: z.string(), width: count, height: count })),
  take: count.describe('0, unless the picture was made again on purpose.'),
  takes: z
    .array(z.object({ take: count, image: z.string(), width: count, height: count }))
    .describe('The finished takes beside it, newest first.'),
})

export const problemSchema = z.object({
  message: z.string(),
  parameter: z.string().optional(),
  axis: count.optional(),
  at: count.optional(),
})

export const adviceSchema = z.object({
  id: z.string().describe('The rule it comes from.'),
  parameters: z.array(z.string()).readonly(),
  says: z.string(),
  fix: z.record(z.string(), z.unknown()).optional().describe('Values that would follow the advice.'),
})

export const preflightSchema = z.object({
  problems: z.array(problemSchema),
  notices: z.array(z.string()),
  tokens: z.array(z.object({ frame: z.string(), prompt: count, count, limit: count })),
  forecast: z
    .object({
      cells: count,
      excluded: count,
      reused: count,
      reusedCells: z.array(count).describe('The first thousand cells whose pictures exist already.'),
      shared: count,
      toRender: count,
      seconds: z.number().nullable(),
      errorShare: z.number().nullable(),
      memoryBytes: z.number(),
      diskBytes: z.number().describe('Of all pictures to render, about.'),
      diskFree: z
        .number()
        .nullable()
        .describe('Where pictures are kept; null where that is not on this machine.'),
      fit: z
        .enum(['whole', 'parts', 'no'])
        .nullable()
        .describe('Whether every render fits the memory of some device; parts: in smaller pieces, slower.'),
      sheet: z.object({ width: z.number(), height: z.number(), megapixels: z.number() }),
      advice: z.array(adviceSchema),
      devices: count,
    })
    .nullable(),
})

export type WireStudy = z.infer<typeof studySchema>
export type WireSummary = z.infer<typeof studySummarySchema>
export type WireCell = z.infer<typeof cellSchema>
export type WireCellDetail = z.infer<typeof cellDetailSchema>
export type WireFrame = z.infer<typeof frameSchema>
export type WirePreview = z.infer<typeof previewSchema>
export type WireMark = z.infer<typeof markSchema>
export type Progress = z.infer<typeof progressSchema>
export type Preflight = z.infer<typeof preflightSchema>
export type StudyStatus = z.infer<typeof studyStatus>

import { z } from 'zod'
import type { Axis } from '../axis/axis.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'

/** Which axes stand where on a sheet; numbers are indexes into the axes of the study. */
export interface View {
  /** Outermost first. */
  columns: number[]
  rows: number[]
  groups?: number[]
  pages?: number[]
  slider?: { axis: number; point: number }[]
}

/** An axis built with fields instead of typed; `text` is how it would be typed. */
export type StructuredAxis = Pick<Axis, 'points'> & { text?: string; parameters: string[] }

/** What a study is, as one portable document. */
export interface StudyFile {
  teststrip: 1
  title: string
  notes?: string
  /** Words to find it by. */
  tags?: string[]
  pack: string
  /** Only what differs from the defaults. */
  recipe: RecipePatch
  axes: (string | StructuredAxis)[]
  skip?: string[]
  view?: View
  priority?: 1 | 2 | 3 | 4 | 5
}

const index = z.int().min(0).max(99)
const values = z.record(z.string(), z.json())

const words = z.string().min(1).max(1000)
const promptEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('swap'), find: words, replace: z.string().max(1000) }),
  z.strictObject({ kind: z.literal('drop'), find: z.string().max(1000) }),
  z.strictObject({ kind: z.literal('weight'), find: words, weight: z.number() }),
  z.strictObject({ kind: z.literal('order'), parts: z.array(words).min(2).max(8) }),
])

const point = z.strictObject({
  label: z.string().max(2000),
  patch: values,
  edit: promptEdit.optional(),
  partial: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe('Percent of the run; only on an axis over intermediate_saves, at all its points.'),
})

const view = z.strictObject({
  columns: z.array(index),
  rows: z.array(index),
  groups: z.array(index).optional(),
  pages: z.array(index).optional(),
  slider: z.array(z.strictObject({ axis: index, point: z.int().min(0) })).optional(),
})

const tag = z.string().trim().min(1).max(40)

/** The shape of a study file. Names and values of parameters are checked by `makePlan`, which knows the pack. */
export const studyFileSchema = z.strictObject({
  teststrip: z.literal(1).describe('Version of this format.'),
  title: z.string().trim().min(1).max(200),
  notes: z.string().max(20_000).optional(),
  tags: z.array(tag).max(20).optional().describe('Words to find the study by.'),
  pack: z.string().min(1).max(100).describe('Name of the pack that renders the study.'),
  recipe: values.default({}).describe('Parameters that differ from the defaults, by name.'),
  axes: z
    .array(
      z.union(
        [
          z.string().max(200_000),
          z.strictObject({
            text: z.string().max(200_000).optional(),
            parameters: z.array(z.string()).min(1).max(20),
            points: z.array(point).min(1).max(100_000),
          }),
        ],
        // In YAML's [a, b] form every comma begins another entry, so `[eta 0, 1]` is two of them.
        { error: 'an axis is one line of text, in quotes where it holds commas, as in "eta 0, 0.5, 1"' },
      ),
    )
    .max(20)
    .default([])
    .describe('Axes as one line of text each, or as lists of points. The first varies slowest.'),
  skip: z
    .array(z.string().max(1000))
    .max(100)
    .optional()
    .describe('Conditions; cells that meet one are excluded.'),
  view: view.optional(),
  priority: z.literal([1, 2, 3, 4, 5]).optional(),
})

/** JSON Schema of study files, for editors. */
export function studyJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(studyFileSchema, { io: 'input' }) as Record<string, unknown>
}

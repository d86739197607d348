import { z } from 'zod'
import { studyFileSchema } from '#study'
import { type FormatName, sheetFormats } from './formats.ts'
import { sheetOptionsSchema } from './sheet-options.ts'

const formatNames = sheetFormats.map(({ name }) => name) as [FormatName, ...FormatName[]]

/** A sheet somebody wants as a file, as plain JSON: equal requests of one version of a study are equal files. */
export const printRequestSchema = z.strictObject({
  /** Of the study. */
  version: z.string(),
  view: studyFileSchema.shape.view,
  options: sheetOptionsSchema,
  format: z.enum(formatNames),
  quality: z.int().min(1).max(100).optional(),
  /** Of a sheet of several, where the format holds one; from 0. */
  page: z.int().min(0).max(100_000).optional(),
})

export type PrintRequest = z.infer<typeof printRequestSchema>

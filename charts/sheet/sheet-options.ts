import { z } from 'zod'
import { sizeNames } from './sizes.ts'

/** What may stand under a picture. */
export const captionKinds = ['values', 'seed', 'number', 'note'] as const
export type CaptionKind = (typeof captionKinds)[number]

export const themeNames = ['light', 'dark', 'print'] as const
export type ThemeName = (typeof themeNames)[number]

const line = z.string().trim().max(300)

/**
 * Choices of the person who takes the sheet home, as plain JSON. None of them changes which cells are shown; `along`
 * only says which of their axes a moving picture goes along.
 */
export const sheetOptionsSchema = z.strictObject({
  theme: z.enum(themeNames).default('light'),
  /** Of the page; `native` makes it as large as its pictures ask for. */
  size: z.enum(sizeNames).optional(),
  /** Of paper and other fixed pages; left out, the one that shows the pictures larger. */
  orientation: z.enum(['portrait', 'landscape']).optional(),
  /** Width of a cell in pixels where the size of the page is `native`; the height follows. */
  cell: z.int().min(8).max(8192).optional(),
  /** Pictures smaller than their cell: repeat pixels by whole factors, resample, or leave as they are. */
  enlarge: z.enum(['whole', 'smooth', 'never']).optional(),
  /** Axes on pages, and what does not fit one page: all in one picture, or a page each. */
  pages: z.enum(['together', 'apart']).optional(),
  captions: z.array(z.enum(captionKinds)).max(captionKinds.length).optional(),
  /** Stars and rejections under the pictures. */
  marks: z.boolean().optional(),
  /** Curves of schedules beside their labels. */
  strips: z.boolean().optional(),
  /** On paper sizes: 3 mm of bleed and marks where to cut. */
  cropMarks: z.boolean().optional(),
  /** Axis that a moving picture goes along, one frame per point. */
  along: z.int().min(0).max(99).optional(),
  /** Seconds that each of its frames is shown. */
  frameSeconds: z.number().min(0.02).max(60).optional(),
  /** Instead of the study's own. */
  title: line.min(1).optional(),
  subtitle: line.min(1).optional(),
  licence: line.optional(),
  author: line.optional(),
  /** Printed in the footer, as `2026-11-23`. */
  date: line.optional(),
  /** Where the study can be found: printed short, and in full in the QR; without it the QR holds `teststrip:<id>`. */
  link: z.string().max(1000).optional(),
})

export type SheetOptions = z.infer<typeof sheetOptionsSchema>

import { z } from 'zod'
import { captionKinds, type SheetOptions, sizeNames, themeNames } from '#charts'
import type { View } from '#study'

const axes = z.string().max(200).optional()
const line = z.string().trim().max(300).optional()
const yes = z
  .enum(['0', '1'])
  .transform((text) => text === '1')
  .optional()

/** How a sheet is asked for in an address: which axes stand where, and how it looks. */
export const sheetQuery = z.object({
  cols: axes.describe(
    'Axes across, by index, outermost first, as in 2.0; none said is the study’s own view.',
  ),
  rows: axes.describe('Axes down.'),
  groups: axes.describe('Axes of which every point has a table of its own.'),
  every: axes.describe('Axes of which every point has a page.'),
  pages: axes.describe('Axes of which one point is shown, that of `at` or the first.'),
  slide: axes.describe('The same.'),
  at: axes.describe('Points of such axes, as in 2.5,3.0.'),
  theme: z.enum(themeNames).default('light'),
  size: z.enum(sizeNames).optional().describe('Of the page.'),
  orientation: z.enum(['portrait', 'landscape']).optional(),
  cell: z.coerce.number().int().min(8).max(8192).optional().describe('Width of a cell in pixels.'),
  enlarge: z.enum(['whole', 'smooth', 'never']).optional().describe('How small pictures come to their size.'),
  apart: yes.describe('A page each for what does not fit one.'),
  captions: z
    .string()
    .max(100)
    .optional()
    .describe(`Any of ${captionKinds.join(', ')}, separated by commas.`),
  marks: yes.describe('Stars and rejections.'),
  strips: yes.describe('Curves of schedules.'),
  crop: yes.describe('Crop marks, on paper.'),
  along: z.coerce.number().int().min(0).max(99).optional().describe('Axis of a moving picture.'),
  seconds: z.coerce.number().min(0.02).max(60).optional().describe('Of each of its frames.'),
  title: line,
  subtitle: line,
  author: line,
  licence: line,
  link: z
    .string()
    .trim()
    .max(1000)
    .regex(/^https?:\/\/[^\s]+$/, 'A link begins with http:// or https://.')
    .optional()
    .describe('Where the study can be found: printed short in the footer, and in the QR.'),
})

export type SheetQuery = z.infer<typeof sheetQuery>

/** The options of a sheet as an address says them. What is not said is not there, so that equal wishes are equal. */
export function optionsOf(query: SheetQuery): SheetOptions {
  const captions = captionKinds.filter((kind) => (query.captions ?? '').split(',').includes(kind))

  return defined({
    theme: query.theme,
    size: query.size,
    orientation: query.orientation,
    cell: query.cell,
    enlarge: query.enlarge,
    pages: query.apart === undefined ? undefined : query.apart ? ('apart' as const) : ('together' as const),
    captions: captions.length > 0 ? captions : undefined,
    marks: query.marks,
    strips: query.strips,
    cropMarks: query.crop,
    along: query.along,
    frameSeconds: query.seconds,
    title: query.title || undefined,
    subtitle: query.subtitle || undefined,
    author: query.author || undefined,
    licence: query.licence || undefined,
    link: query.link,
  })
}

const defined = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

/** The view a sheet is asked for; nothing said is the study's own. */
export function viewOf(
  query: Pick<SheetQuery, 'cols' | 'rows' | 'groups' | 'every' | 'pages' | 'slide' | 'at'>,
): View | undefined {
  if (query.cols === undefined && query.rows === undefined) return undefined
  const slider = (query.at ?? '').split(',').flatMap((pair) => {
    const [axis, point] = indices(pair)
    return axis === undefined || point === undefined ? [] : [{ axis, point }]
  })
  const shown = slider.map(({ axis }) => axis)
  const [groups, every] = [indices(query.groups), indices(query.every)]

  return {
    columns: indices(query.cols),
    rows: indices(query.rows),
    ...(groups.length > 0 && { groups }),
    ...(every.length > 0 && { pages: every }),
    // An axis of which no point was named stands at its first.
    slider: [
      ...slider,
      ...[...indices(query.pages), ...indices(query.slide)]
        .filter((axis) => !shown.includes(axis))
        .map((axis) => ({ axis, point: 0 })),
    ],
  }
}

const indices = (text: string | undefined): number[] =>
  (text ?? '').split('.').flatMap((part) => (/^\d{1,6}$/.test(part) ? [Number(part)] : []))

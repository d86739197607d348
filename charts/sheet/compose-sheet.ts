import { defaultView, type Plan, type StudyFile, type View } from '#study'
import { layoutPages } from './layout/layout-pages.ts'
import { measureByTable } from './layout/measure-by-table.ts'
import type { MeasureText, SheetLayout } from './layout/sheet-layout.ts'
import { withHeadings } from './prepare/axis-headings.ts'
import { knownView } from './prepare/known-view.ts'
import { type PrepareSheet, prepareSheet } from './prepare/prepare-sheet.ts'
import type { SheetCell } from './sheet-cell.ts'
import type { EmbeddedStudy, SheetDocument } from './sheet-document.ts'
import type { SheetOptions, ThemeName } from './sheet-options.ts'

export interface ComposeSheet {
  study: { id: string; title: string; file: StudyFile }
  plan: Plan
  /** In any order; places of the plan that are missing are drawn as not yet rendered. */
  cells: Iterable<SheetCell>
  /** Defaults to the study's own view, then to first axis across, second down. */
  view?: View
  options: SheetOptions
  /** Widths of text; printing needs those of the fonts, a forecast does with those of the table. */
  measure?: MeasureText
}

/** A sheet of which everything is decided but the format. Plain data. */
export interface ComposedSheet {
  document: SheetDocument
  embedded: EmbeddedStudy
  theme: ThemeName
  pages: SheetLayout[]
  /** One page per point of the axis `along`, all of one size; empty without such an axis. */
  frames: { name: string; layout: SheetLayout }[]
  frameSeconds: number
  /** For tools that read titles and names of authors. */
  credits: { title: string; author?: string; licence?: string }
  plan: Plan
  /** Of the whole study, whatever the view shows of it. */
  cells: SheetCell[]
  /** What was asked for and could not be shown, in sentences. */
  notices: string[]
}

/** Decides what a sheet says and where it stands. Pure. */
export function composeSheet({
  study,
  plan: studied,
  cells,
  view,
  options,
  measure = measureByTable,
}: ComposeSheet): ComposedSheet {
  const plan = withHeadings(studied)
  const held = [...cells].sort((a, b) => a.seq - b.seq)
  const prepared = { study, plan, cells: held, view, options }
  const { document, embedded, notices } = prepareSheet(prepared)
  const pages = layoutPages(document, measure, options)
  const problems = pages.flatMap(({ problem }) => problem ?? [])

  return {
    document,
    embedded,
    theme: options.theme,
    pages,
    frames: options.along === undefined ? [] : framesAlong(options.along, prepared, measure),
    frameSeconds: options.frameSeconds ?? 0.8,
    credits: { title: document.title, author: options.author, licence: options.licence },
    plan,
    cells: held,
    notices: [...notices, ...new Set(problems)],
  }
}

/** The sheet once per point of an axis, which stands at that point and is named over the tables. */
function framesAlong(
  along: number,
  { options, ...prepared }: PrepareSheet & { options: SheetOptions },
  measure: MeasureText,
): ComposedSheet['frames'] {
  const { plan, study } = prepared
  const axis = plan.axes[along]
  if (!axis) return []

  const { view } = knownView(plan, prepared.view ?? study.file.view ?? defaultView(plan))
  const without = (axes: readonly number[] = []) => axes.filter((each) => each !== along)
  const frames = axis.points.map((point, at) => {
    const { document } = prepareSheet({
      ...prepared,
      options,
      view: {
        columns: without(view.columns),
        rows: without(view.rows),
        groups: without(view.groups),
        pages: without(view.pages),
        slider: [
          ...(view.slider ?? []).filter((slider) => slider.axis !== along),
          { axis: along, point: at },
        ],
      },
    })
    const heading = { name: axis.name, label: point.label }
    const blocks = document.blocks.map((block) => ({ ...block, heading: [heading, ...block.heading] }))
    const [layout] = layoutPages({ ...document, blocks }, measure, { ...options, pages: 'together' })

    return { name: `${axis.name} ${point.label}`, layout: layout! }
  })
  // Long labels may have made some of them larger.
  const width = Math.max(...frames.map(({ layout }) => layout.width))
  const height = Math.max(...frames.map(({ layout }) => layout.height))

  return frames.map(({ name, layout }) => ({ name, layout: { ...layout, width, height } }))
}

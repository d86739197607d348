import type { Plan, StudyFile, View } from '#study'
import { prepareSheet } from '../prepare/prepare-sheet.ts'
import type { SheetCell } from '../sheet-cell.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { type PrintedSheet, printSheet } from './print-sheet.ts'

export interface SheetOfStudy {
  study: { id: string; title: string; file: StudyFile }
  plan: Plan
  /** In any order; places of the plan that are missing are drawn as not yet rendered. */
  cells: Iterable<SheetCell>
  /** Defaults to the study's own view, then to first axis across, second down. */
  view?: View
  options: SheetOptions
  /** The picture of that SHA-256, null when it is not to be had: its cell is then drawn as missing. */
  picture: (sha: string) => Promise<Uint8Array | null>
  signal?: AbortSignal
}

/**
 * The sheet of a study as a PNG that carries the study inside. Equal input gives equal bytes.
 *
 * @example
 * const { png } = await sheetOfStudy({ study, plan, cells, options: { theme: 'light' }, picture: (sha) => blobs.get(sha) })
 */
export async function sheetOfStudy({
  study,
  plan,
  cells,
  view,
  options,
  picture,
  signal,
}: SheetOfStudy): Promise<PrintedSheet> {
  const { document, embedded } = prepareSheet({ study, plan, cells, view, options })

  return printSheet({ document, embedded, theme: options.theme, picture, signal })
}

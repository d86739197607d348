import type { Plan, View } from '#study'
import { composeSheet } from './compose-sheet.ts'
import { sheetFeasibility } from './feasibility.ts'
import { sheetFormats } from './formats.ts'
import type { SheetOptions } from './sheet-options.ts'

export interface SheetSize {
  width: number
  height: number
  megapixels: number
  /** Why a PNG cannot hold it and what to do, null when it can. */
  problem: string | null
  /** Titles of the formats that cannot hold it; films left out, which go along an axis of one's choice. */
  tooLargeFor: string[]
}

/** How large the sheet of a study will be, before anything is rendered. Exact for Latin labels, close for others. */
export function sheetSize(plan: Plan, view?: View, options: Omit<SheetOptions, 'theme'> = {}): SheetSize {
  const study = { id: '00000000-0000-7000-8000-000000000000', title: plan.file.title, file: plan.file }
  // Cells as they will be: before the start every one is missing, but the finished sheet says nothing of that.
  const cells = Array.from({ length: plan.size }, (_, seq) => ({
    ...{ seq, renderKey: '', status: 'done' as const },
    image: 'rendered',
  }))
  const sheet = composeSheet({ study, plan, cells, view, options: { ...options, theme: 'light' } })
  const { width, height, megapixels, problem } = sheetFeasibility(sheet, 'png')

  const tooLargeFor = sheetFormats
    .filter(({ name, kind }) => kind !== 'moving' && sheetFeasibility(sheet, name).problem !== null)
    .map(({ title }) => title)

  return { width, height, megapixels, problem, tooLargeFor }
}

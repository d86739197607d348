import { defaultView, type Plan, type View } from '#study'
import { layoutSheet } from './layout/layout-sheet.ts'
import { measureByTable } from './layout/measure-by-table.ts'
import { prepareSheet } from './prepare/prepare-sheet.ts'
import type { SheetOptions } from './sheet-options.ts'
import { sheetProblem } from './sheet-problem.ts'

export interface SheetSize {
  width: number
  height: number
  megapixels: number
  /** Why a PNG cannot hold it and what to do, null when it can. */
  problem: string | null
}

/** How large the sheet of a study will be, before anything is rendered. Exact for Latin labels, close for others. */
export function sheetSize(plan: Plan, view?: View, options: Omit<SheetOptions, 'theme'> = {}): SheetSize {
  const study = { id: '00000000-0000-7000-8000-000000000000', title: plan.file.title, file: plan.file }
  const { document } = prepareSheet({
    study,
    plan,
    cells: [],
    view: view ?? plan.file.view ?? defaultView(plan),
    options,
  })
  // Before the start every cell is missing; the finished sheet has no such legend.
  const { width, height } = layoutSheet({ ...document, legend: [] }, measureByTable)

  return {
    width,
    height,
    megapixels: Math.round((width * height) / 1e4) / 100,
    problem: sheetProblem({ width, height }),
  }
}

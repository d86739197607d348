import { gridOf, type Plan } from '#study'
import type { Places } from '../../state/view-url.ts'

/** Which cell lies where, as `#study` lays it out, with empty sides made into one nameless header. */
export function sheetOf(plan: Plan, places: Places, at: Record<number, number>) {
  const fixed = Object.fromEntries(places.pages.map((axis) => [axis, at[axis] ?? 0]))

  return gridOf(plan, { columns: places.columns, rows: places.rows, pages: places.pages }, fixed)
}

export type SheetGrid = ReturnType<typeof sheetOf>

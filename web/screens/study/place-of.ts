import type { SheetGrid } from './sheet-grid.ts'

/** Where a cell lies on the sheet as it is shown, or null when its page is not. */
export function placeOf(sheet: SheetGrid, seq: number): { column: number; row: number } | null {
  for (let row = 0; row < sheet.rows.length; row++)
    for (let column = 0; column < sheet.columns.length; column++)
      if (sheet.cell(row, column) === seq) return { column, row }

  return null
}

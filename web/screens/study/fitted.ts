import { fittingSize } from '../../state/grid-layout.ts'
import { bandsOf, headSizes } from './head-sizes.ts'
import type { SheetGrid } from './sheet-grid.ts'

export type Room = { width: number; height: number }

const margin = 28

/** The size at which the sheet fits the room it has; a middle one until the room is known. */
export function fitted(options: { sheet: SheetGrid; room: Room | null; ratio: number }): number {
  const { sheet, room, ratio } = options
  if (!room) return 150
  const head = headSizes({ bands: bandsOf(sheet.columns), rows: sheet.rows, cellWidth: 150, gap: 6 })

  return fittingSize({
    columns: sheet.columns.length,
    rows: sheet.rows.length,
    width: room.width - head.headWidth - margin,
    height: room.height - head.headHeight - margin,
    gap: 6,
    ratio,
  })
}

import type { Plan } from '#study'
import { fittingSize, type GridLayout, gapAt, overviewFrom, type Window } from '../../state/grid-layout.ts'
import type { SheetGrid } from '../../state/sheet.ts'
import { headSizes } from './heads.ts'

export type Room = { width: number; height: number }

export type SheetLayout = GridLayout & {
  /** Height of each level of labels above the columns. */
  levels: number[]
}

/** What part of the sheet is in sight, and how large. */
export interface SheetCamera {
  layout: SheetLayout
  window: Window
  /** Whether all cells are drawn: they are small, or about to have another size. */
  drawn: boolean
}

const margin = 28
const betweenGroups = 26
const groupHead = 24

/** Where everything on the sheet lies when its cells are `size` pixels wide. */
export function layoutOf(plan: Plan, sheet: SheetGrid, size: number): SheetLayout {
  const [width, height] = plan.base.width_height
  const gap = gapAt(size)
  const grouped = sheet.groups.length > 1

  return {
    columns: sheet.columnCount,
    rows: sheet.rowCount,
    cellWidth: size,
    cellHeight: size >= 24 ? Math.round((size * height) / width) : (size * height) / width,
    gap,
    blockColumns: sheet.columns.length,
    blockRows: sheet.rows.length,
    blockGap: grouped ? betweenGroups : 0,
    blockHead: grouped ? groupHead : 0,
    ...headSizes({ plan, columns: sheet.columns, rows: sheet.rows, pitch: size + gap, gap }),
  }
}

/** Until the room is known: pictures, or where there are very many cells a size at which they are drawn. */
const beforeRoom = { few: 150, many: 8 }

/** The size at which the sheet fits the room it has. */
export function fitted(plan: Plan, sheet: SheetGrid, room: Room | null): number {
  if (!room) return sheet.columnCount * sheet.rowCount > overviewFrom ? beforeRoom.many : beforeRoom.few
  const [width, height] = plan.base.width_height
  const head = headSizes({ plan, columns: sheet.columns, rows: sheet.rows, pitch: 156, gap: 6 })
  const grouped = sheet.groups.length > 1

  return fittingSize({
    columns: sheet.columnCount,
    rows: sheet.rowCount,
    width: room.width - head.headWidth - margin - (sheet.across - 1) * betweenGroups,
    height:
      room.height -
      head.headHeight -
      margin -
      (grouped ? sheet.down * groupHead + (sheet.down - 1) * betweenGroups : 0),
    ratio: height / width,
  })
}

/** How many groups stand in a line so that the cells become as large as they can. */
export function groupsAcross(
  plan: Plan,
  room: Room | null,
  sheetWith: (across: number) => SheetGrid,
): number {
  const { groups } = sheetWith(1)
  let best = { across: 1, size: 0 }
  for (let across = 1; across <= Math.min(groups.length, 12); across++) {
    const sheet = sheetWith(across)
    const [width, height] = plan.base.width_height
    const size = Math.min(
      (room?.width ?? 1200) / sheet.columnCount,
      ((room?.height ?? 800) / sheet.rowCount) * (width / height),
    )
    if (size > best.size) best = { across, size }
  }

  return best.across
}

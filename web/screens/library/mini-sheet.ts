import { parseAxis, type StudyFile } from '#study'
import type { WireSummary } from '../../wire/study.ts'

/** Wider or higher sheets show only the lines that have pictures: rendering goes coarse to fine, so those are spread. */
const most = { columns: 8, rows: 6 }

export interface MiniSheet {
  columns: number
  rows: number
  /** Picture of each tile by row, then column; null where there is none yet. */
  tiles: (string | null)[]
}

/** A study small enough for a card: its first page, in its own view. */
export function miniSheet(file: StudyFile, pictures: WireSummary['pictures']): MiniSheet {
  const lengths = file.axes.map(axisLength)
  const view = file.view ?? { columns: lengths.length > 0 ? [0] : [], rows: lengths.length > 1 ? [1] : [] }
  const side = (axes: number[], coords: readonly number[]) =>
    axes.reduce((index, axis) => index * (lengths[axis] ?? 1) + (coords[axis] ?? 0), 0)
  const onPage = pictures.filter((picture) =>
    picture.coords.every(
      (point, axis) => point === 0 || view.columns.includes(axis) || view.rows.includes(axis),
    ),
  )
  const placed = onPage.map((picture) => ({
    column: side(view.columns, picture.coords),
    row: side(view.rows, picture.coords),
    image: picture.image,
  }))
  const product = (axes: number[]) => axes.reduce((count, axis) => count * (lengths[axis] ?? 1), 1)
  const columns = lines(
    product(view.columns),
    placed.map((each) => each.column),
    most.columns,
  )
  const rows = lines(
    product(view.rows),
    placed.map((each) => each.row),
    most.rows,
  )
  const at = new Map(placed.map((each) => [`${each.column} ${each.row}`, each.image]))

  return {
    columns: columns.length,
    rows: rows.length,
    tiles: rows.flatMap((row) => columns.map((column) => at.get(`${column} ${row}`) ?? null)),
  }
}

/** The axes of a study by name, as one reads them: `clip_guidance_scale × eta`. */
export const axisNames = (file: StudyFile): string[] =>
  file.axes.map((axis) => {
    if (typeof axis !== 'string') return axis.parameters.join(' & ')
    const parsed = parseAxis(axis)
    return parsed.ok ? parsed.axis.name : axis
  })

export function axisLength(axis: StudyFile['axes'][number]): number {
  if (typeof axis !== 'string') return axis.points.length
  const parsed = parseAxis(axis)

  return parsed.ok ? parsed.axis.points.length : 1
}

function lines(count: number, used: number[], limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index)
  const distinct = [...new Set(used)].sort((a, b) => a - b).slice(0, limit)

  return distinct.length > 1 ? distinct : Array.from({ length: limit }, (_, index) => index)
}

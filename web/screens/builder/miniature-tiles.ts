import type { Grid } from '#study'

/** Beyond this tiles would be dots. */
const mostTiles = 28
const room = { width: 270, height: 190 }

export type TileKind = 'new' | 'reused' | 'excluded'

export interface MiniatureTile {
  x: number
  y: number
  kind: TileKind
}

/** Tiles of a sheet in miniature, in pixels; where an outer axis goes on, a wider gap. */
export function miniatureOf(
  grid: Grid,
  [width, height]: readonly [number, number],
  kindOf: (row: number, column: number) => TileKind,
): { width: number; height: number; tile: [number, number]; tiles: MiniatureTile[]; isCut: boolean } {
  const columns = grid.columns.slice(0, mostTiles)
  const rows = grid.rows.slice(0, mostTiles)
  const gaps = (headers: Grid['columns']) => offsets(headers).at(-1)!
  const scale = Math.min(
    (room.width - gaps(columns)) / (columns.length * width),
    (room.height - gaps(rows)) / (rows.length * height),
    64 / Math.max(width, height),
  )
  const tile: [number, number] = [round(width * scale), round(height * scale)]
  const acrossGaps = offsets(columns)
  const downGaps = offsets(rows)

  return {
    width: round(columns.length * tile[0] + acrossGaps.at(-1)!),
    height: round(rows.length * tile[1] + downGaps.at(-1)!),
    tile,
    tiles: rows.flatMap((_, row) =>
      columns.map((_, column) => ({
        x: round(column * tile[0] + acrossGaps[column]!),
        y: round(row * tile[1] + downGaps[row]!),
        kind: kindOf(row, column),
      })),
    ),
    isCut: columns.length < grid.columns.length || rows.length < grid.rows.length,
  }
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The sum of the gaps before every tile. */
function offsets(headers: Grid['columns']): number[] {
  let sum = 0

  return headers.map((header, index) => {
    const before = headers[index - 1]
    if (!before) return 0
    const isNewGroup = header.coords
      .slice(0, -1)
      .some(([, point], level) => point !== before.coords[level]![1])
    sum += isNewGroup ? 7 : 3

    return sum
  })
}

/** An atlas shows a block of cells that follow each other by `seq`, in rows of tiles, each squeezed into a square. */
export const tilesAcross = 32
export const cellsInBlock = tilesAcross * tilesAcross
/** Edges of a tile in pixels, small first. */
export const tileEdges = [8, 32] as const

export type TileEdge = (typeof tileEdges)[number]

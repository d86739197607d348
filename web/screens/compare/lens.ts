/** What part of a picture every tile shows: how much enlarged, and which point (0..1) is in the middle. */
export interface Lens {
  zoom: number
  x: number
  y: number
}

export const wholePicture: Lens = { zoom: 1, x: 0.5, y: 0.5 }
const mostZoom = 64

/** Keeps the picture over the whole tile: no edge is pulled inside. */
export function held({ zoom, x, y }: Lens): Lens {
  const sure = Math.min(mostZoom, Math.max(1, zoom))
  const half = 0.5 / sure
  const inside = (at: number) => Math.min(1 - half, Math.max(half, at))

  return { zoom: sure, x: inside(x), y: inside(y) }
}

/** Enlarges by `factor` so that the point under the pointer (0..1 of the tile) stays where it is. */
export function zoomedAt(lens: Lens, factor: number, pointer: { x: number; y: number }): Lens {
  const zoom = Math.min(mostZoom, Math.max(1, lens.zoom * factor))
  const shift = (at: number, where: number) => at + (where - 0.5) * (1 / lens.zoom - 1 / zoom)

  return held({ zoom, x: shift(lens.x, pointer.x), y: shift(lens.y, pointer.y) })
}

/** Follows a drag of so much of a tile. */
export const dragged = (lens: Lens, by: { x: number; y: number }): Lens =>
  held({ ...lens, x: lens.x - by.x / lens.zoom, y: lens.y - by.y / lens.zoom })

/** Follows one of two fingers while the other is still: what lies under both stays under both. */
export function pinched(
  lens: Lens,
  { still, from, to }: Record<'still' | 'from' | 'to', { x: number; y: number }>,
): Lens {
  const apart = (at: { x: number; y: number }) => Math.hypot(at.x - still.x, at.y - still.y)
  const factor = apart(from) < 0.01 ? 1 : apart(to) / apart(from)

  return zoomedAt(lens, factor, still)
}

/** CSS of a picture that fills its tile under the lens. */
export const lensStyle = ({ zoom, x, y }: Lens): { transform: string } => ({
  transform: `translate(${(0.5 - x * zoom) * 100}%, ${(0.5 - y * zoom) * 100}%) scale(${zoom})`,
})

/** A line of tiles is easier to compare than a block, so it may be this much smaller. */
const lineWorth = 0.85

/** The columns that make `count` tiles of a given ratio (height over width) as large as they can be. */
export function bestColumns(options: {
  count: number
  width: number
  height: number
  ratio: number
  gap: number
}): {
  columns: number
  tile: number
} {
  const { count, width, height, ratio, gap } = options
  let best = { columns: 1, tile: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const tile = Math.floor(
      Math.min((width - gap * (columns - 1)) / columns, (height - gap * (rows - 1)) / rows / ratio),
    )
    if (tile >= best.tile * (rows === 1 ? lineWorth : 1)) best = { columns, tile }
  }

  return best
}

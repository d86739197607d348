import type { Font } from 'fontkit'

interface OutlinePoint {
  x: number
  y: number
  copy(): OutlinePoint
}

/** Parts of fontkit 2.0.4 that its types leave out. */
interface Inside {
  variationCoords: number[]
  _transformGlyfTable(): void
  _transformedGlyphs?: { points?: OutlinePoint[] }[]
  /** Glyphs that have been asked for, with the outlines they had then. */
  _glyphs: Record<number, unknown>
  _variationProcessor: { transformPoints(glyph: number, points: OutlinePoint[]): void } | null
}

const regular = 400

/**
 * Draws the glyphs of a font, each once. A variable WOFF 2 that begins at its thinnest is brought to the regular
 * weight: fontkit moves only its widths, so the outlines are moved here, glyph by glyph when they are first asked for.
 */
export function outlinesOf(font: Font, isVariable: boolean): (glyph: number) => string {
  const drawn = new Map<number, string>()
  const isThin = isVariable && font.variationAxes.wght?.default !== regular
  const inside = font as unknown as Inside
  if (isThin) inside.variationCoords = [regular]

  return (id) => {
    let path = drawn.get(id)
    if (path === undefined) {
      if (isThin) embolden(inside, id)
      path = font.getGlyph(id).path.toSVG()
      drawn.set(id, path)
    }

    return path
  }
}

function embolden(inside: Inside, id: number): void {
  if (!inside._transformedGlyphs) inside._transformGlyfTable()
  const points = inside._transformedGlyphs![id]?.points
  if (!points || points.length === 0) return
  // Four more points stand for the widths, which are moved elsewhere.
  const widths = [0, 1, 2, 3].map(() => Object.assign(points[0]!.copy(), { x: 0, y: 0, endContour: true }))
  inside._variationProcessor?.transformPoints(id, [...points, ...widths])
  delete inside._glyphs[id]
}

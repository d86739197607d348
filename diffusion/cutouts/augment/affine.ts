import type { Source } from './warp.ts'

export interface AffineDraw {
  /** degrees; positive turns the picture clockwise on screen */
  angle: number
  /** whole pixels, applied after the turn */
  shift: readonly [x: number, y: number]
}

/** Rotation about the centre, then a shift; scale 1, no shear (torchvision RandomAffine). */
export function affineSource(side: number, { angle, shift }: AffineDraw): Source {
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const centre = (side - 1) / 2

  return (column, row) => {
    const x = column - centre - shift[0]
    const y = row - centre - shift[1]

    return [cos * x + sin * y + centre, -sin * x + cos * y + centre]
  }
}

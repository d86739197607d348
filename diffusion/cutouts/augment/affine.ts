import type { Extent, Source } from './warp.ts'

export interface AffineDraw {
  /** degrees; positive turns the picture clockwise on screen */
  angle: number
  /** whole pixels, applied after the turn */
  shift: readonly [x: number, y: number]
}

/** Rotation about the centre, then a shift; scale 1, no shear (torchvision RandomAffine). */
export function affineSource({ width, height }: Extent, { angle, shift }: AffineDraw): Source {
  const cos = Math.cos((angle * Math.PI) / 180)
  const sin = Math.sin((angle * Math.PI) / 180)
  const middle = [(width - 1) / 2, (height - 1) / 2] as const

  return (column, row) => {
    const x = column - middle[0] - shift[0]
    const y = row - middle[1] - shift[1]

    return [cos * x + sin * y + middle[0], -sin * x + cos * y + middle[1]]
  }
}

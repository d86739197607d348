import { framesOf, type Recipe } from '#study'
import type { PlannedRun } from '../render/runs.ts'
import { toSigned } from '../start/init-image.ts'
import { camera2d } from './camera-2d.ts'
import { warp2d } from './warp-2d.ts'

/**
 * The sampler runs of a 2D animation, one per frame. The first is `still`, the run of the recipe as a single picture;
 * each later frame starts from the frame before, moved. Clouds of `perlin_init` take the place of that, as in DD.
 */
export function animationRuns(recipe: Recipe, still: PlannedRun): PlannedRun[] {
  const size = recipe.width_height

  return framesOf(recipe).map(({ move, ...frame }, index) => ({
    ...frame,
    frame: index,
    init:
      move === null || recipe.perlin_init
        ? still.init
        : async ({ before }) => toSigned(warp2d(before!, size, camera2d(move, size))),
  }))
}

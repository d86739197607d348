import type { Recipe } from '../parameters/catalogue.ts'
import { workOf } from './work-of.ts'

/** How much one run of a network may hold at once. */
export interface Thrift {
  /** cuts of a set that a CLIP sees at once */
  cuts: number
  /** compute the denoiser's activations again for its gradient, where they are large, as `use_checkpoint` does */
  recompute: boolean
  /** pictures of renders that are stepped together */
  pictures: number
}

const all = Number.POSITIVE_INFINITY

/**
 * What is tried, in this order, when a render does not fit into memory: smaller cut batches, then recomputing, then
 * smaller batches of pictures. Even numbers of cuts: by those the sums inside come out as in one piece.
 */
export const rungs: readonly Thrift[] = [
  { cuts: all, recompute: false, pictures: all },
  { cuts: 8, recompute: false, pictures: all },
  { cuts: 2, recompute: false, pictures: all },
  { cuts: 2, recompute: true, pictures: all },
  { cuts: 2, recompute: true, pictures: 2 },
  { cuts: 2, recompute: true, pictures: 1 },
]

/** What a render holds at once when nothing is spared. */
export interface Demand {
  cuts: number
  /** the denoiser's activations are kept, because the gradient goes through it */
  keeps: boolean
  pictures: number
}

export const demandOf = (recipe: Recipe, pictures: number): Demand => ({
  cuts: workOf(recipe).mostCuts,
  keeps: !recipe.use_secondary_model && !recipe.use_checkpoint,
  pictures,
})

/** The next rung that holds less of what is asked for; null at the bottom. */
export function nextRung(from: number, demand: Demand): number | null {
  const now = held(from, demand)
  const next = rungs.findIndex((_, rung) => rung > from && held(rung, demand) !== now)

  return next < 0 ? null : next
}

function held(rung: number, { cuts, keeps, pictures }: Demand): string {
  const thrift = rungs[rung]!

  return [Math.min(thrift.cuts, cuts), thrift.recompute && keeps, Math.min(thrift.pictures, pictures)].join()
}

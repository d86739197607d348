import type { Recipe } from '../parameters/catalogue.ts'
import { cellAt } from '../plan/cell-at.ts'
import type { Plan } from '../plan/plan.ts'

const most = 256

/** Recipes of cells that stand for all: every one of a small study, the ends of the axes of a large one. */
export function sampleRecipes(plan: Plan): Recipe[] {
  const recipes: Recipe[] = []
  for (const seq of plan.size <= most ? Array(plan.size).keys() : corners(plan)) {
    const cell = cellAt(plan, seq)
    if (!cell.excluded) recipes.push(cell.recipe)
  }

  return recipes
}

/** The cells at the first and last points of the axes; at the first points only of axes beyond the eighth. */
function corners({ axes }: Plan): number[] {
  let seqs = [0]
  for (const [index, axis] of axes.entries()) {
    const { length } = axis.points
    const ends = length > 1 && 2 ** (index + 1) <= most ? [0, length - 1] : [0]
    seqs = seqs.flatMap((seq) => ends.map((end) => seq * length + end))
  }

  return seqs
}

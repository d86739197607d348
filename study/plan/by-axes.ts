import { isRunAxis, keptSteps } from '../axis/axis.ts'
import type { ParameterName, Recipe } from '../parameters/catalogue.ts'
import { recipeAt } from './cell-at.ts'
import type { Plan } from './plan.ts'

/**
 * A function of recipes as a function of cells, computed once for every combination of the points it depends on and
 * not once for every cell. What it depends on is seen from what it reads: two recipes that agree in all it ever read
 * make it answer the same. So `compute` must look at nothing but the recipe, and change nothing.
 */
export function byAxes<T>(
  plan: Pick<Plan, 'axes' | 'base'>,
  compute: (recipe: Recipe) => T,
): (coords: readonly number[]) => T {
  const axesOf = axesByParameter(plan)
  const answers = new Map<number, T>()
  const read = new Set<number>()
  let axes: number[] = []

  const placeOf = (coords: readonly number[]): number => {
    let place = 0
    for (const axis of axes) place = place * plan.axes[axis]!.points.length + coords[axis]!

    return place
  }

  const look = (coords: readonly number[]): T => {
    const known = read.size
    const answer = compute(
      watched(recipeAt(plan, coords), (name) => {
        for (const axis of axesOf.get(name) ?? []) read.add(axis)
      }),
    )
    if (read.size > known) {
      // The answers so far were filed under fewer axes than they may depend on.
      answers.clear()
      axes = [...read].sort((a, b) => a - b)
    }
    answers.set(placeOf(coords), answer)

    return answer
  }

  return (coords) => {
    const place = placeOf(coords)
    const answer = answers.get(place)

    return answer === undefined && !answers.has(place) ? look(coords) : answer!
  }
}

function axesByParameter(plan: Pick<Plan, 'axes'>): Map<ParameterName, number[]> {
  const axes = new Map<ParameterName, number[]>()
  for (const [i, axis] of plan.axes.entries())
    for (const name of axis.parameters) axes.set(name, [...(axes.get(name) ?? []), i])

  // Which pictures a run keeps is the same at all points of its axis, but goes by the length of the run.
  if (plan.axes.some(isRunAxis))
    axes.set(keptSteps, [...(axes.get('steps') ?? []), ...(axes.get('skip_steps') ?? [])])

  return axes
}

/** The recipe, telling which of its values are looked at. */
function watched(recipe: Recipe, onRead: (name: ParameterName) => void): Recipe {
  return new Proxy(recipe, {
    get: (values, name) => {
      onRead(name as ParameterName)

      return values[name as ParameterName]
    },
    has: (values, name) => {
      onRead(name as ParameterName)

      return name in values
    },
  })
}

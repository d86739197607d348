import { whatSwitchesOn, whyInactive } from '../../parameters/active.ts'
import type { ParameterName, Recipe } from '../../parameters/catalogue.ts'
import { type Parameter, parameterNamed } from '../../parameters/parameter.ts'
import type { Plan } from '../../plan/plan.ts'
import { completeRecipe } from '../../recipe/complete-recipe.ts'
import type { Advice, PlanRule } from '../advice.ts'

const moving = new Set(['Animation', 'Video'])
const mostNamed = 3

/** Values that were set but act nowhere, because another value switches them off. */
export const inertRules: readonly PlanRule[] = [
  {
    id: 'does-nothing',
    say: (plan, recipes) =>
      changedOf(plan)
        .filter(({ group }) => !moving.has(group))
        .flatMap((parameter) => saidOf(parameter, recipes)),
  },
  {
    id: 'animation-in-still',
    say: (plan, recipes) => {
      const names = changedOf(plan)
        .filter((parameter) => moving.has(parameter.group) && whyEverywhere(parameter, recipes) !== null)
        .map(({ name }) => name)
      if (names.length === 0) return []
      const shown = names.slice(0, mostNamed).join(', ')
      const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''

      return [
        {
          parameters: names,
          says: `${shown}${more} ${names.length === 1 ? 'acts' : 'act'} in animations only; a study renders stills.`,
        },
      ]
    },
  },
]

/** Parameters of the base recipe that differ from the defaults and could change pixels. */
function changedOf({ base, pack, axes }: Plan): Parameter[] {
  const standard = completeRecipe({}, pack)
  const onAxes = new Set(axes.flatMap((axis) => axis.parameters))

  return (Object.keys(standard) as ParameterName[])
    .filter((name) => !onAxes.has(name) && JSON.stringify(base[name]) !== JSON.stringify(standard[name]))
    .map((name) => parameterNamed(name)!)
    .filter(({ pixels }) => pixels)
}

/** The first reason, if there is one in every cell. */
function whyEverywhere(parameter: Parameter, recipes: readonly Recipe[]): string | null {
  const reasons = recipes.map((recipe) => whyInactive(parameter, recipe))

  return reasons.includes(null) ? null : (reasons[0] ?? null)
}

function saidOf(parameter: Parameter, recipes: readonly Recipe[]): Omit<Advice, 'id'>[] {
  // A rule of its own says so, with a better word.
  if (parameter.name === 'init_image') return []
  const why = whyEverywhere(parameter, recipes)
  if (why === null) return []

  return [
    {
      parameters: [parameter.name],
      says: `${parameter.name} does nothing while ${why}.`,
      fix: whatSwitchesOn(parameter),
    },
  ]
}

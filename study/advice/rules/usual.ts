import { isActive } from '../../parameters/active.ts'
import type { ParameterName, Recipe } from '../../parameters/catalogue.ts'
import { parameterNamed } from '../../parameters/parameter.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Advice, PlanRule } from '../advice.ts'

/** Those whose usual range says something about the picture rather than about time or taste. */
const watched = [
  'clip_guidance_scale',
  'clamp_max',
  'tv_scale',
  'sat_scale',
  'init_scale',
  'cutn_batches',
  'eta',
  'rand_mag',
] as const satisfies readonly ParameterName[]

export const usualRules: readonly PlanRule[] = [
  {
    id: 'outside-usual',
    say: (plan, recipes) => watched.flatMap((name) => outside(name, plan, recipes)),
  },
]

function outside(
  name: (typeof watched)[number],
  { pack, axes }: Plan,
  recipes: readonly Recipe[],
): Omit<Advice, 'id'>[] {
  const parameter = parameterNamed(name)!
  const own = pack.usual[name]
  // A pack that sets its own default knows better than the guide for the large networks.
  const usual = own ?? (pack.defaults[name] === undefined ? parameter.usual : undefined)
  if (!usual) return []
  const values = [
    ...new Set(recipes.filter((recipe) => isActive(parameter, recipe)).map((recipe) => recipe[name])),
  ]
  // 0 switches off what can be switched off; that is no extreme.
  const isOutside = (value: number) => value !== 0 && (value < usual[0] || value > usual[1])
  const far = values.filter(isOutside)
  if (far.length === 0) return []

  const range = `the usual range ${usual[0]} to ${usual[1]}`
  const points = axes.find((axis) => axis.parameters.includes(name))?.points
  const beyond = points?.filter(({ patch }) => isOutside(Number(patch[name]))).length ?? 0
  const says =
    points && points.length > 1
      ? `${beyond} of ${points.length} values of ${name} ${beyond === 1 ? 'lies' : 'lie'} outside ${range}.`
      : `${name} ${far[0]} is outside ${range}.`

  return [{ parameters: [name], says }]
}

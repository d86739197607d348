import type { Axis } from '../../axis/axis.ts'
import { whatSwitchesOn, whyInactive } from '../../parameters/active.ts'
import { parameterNamed } from '../../parameters/parameter.ts'
import type { PlanRule } from '../advice.ts'

export const axisRules: readonly PlanRule[] = [
  {
    id: 'axis-without-effect',
    say: ({ axes }, recipes) =>
      singleParameters(axes).flatMap((name) => {
        const parameter = parameterNamed(name)!
        const reasons = recipes.map((recipe) => whyInactive(parameter, recipe))
        const off = reasons.filter((why) => why !== null)
        if (off.length === 0) return []
        const isOffInAll = off.length === reasons.length

        return [
          {
            parameters: [name],
            says: isOffInAll
              ? `The axis ${name} changes nothing while ${off[0]}.`
              : `In some cells the axis ${name} changes nothing, because ${off[0]} there.`,
            fix: isOffInAll ? whatSwitchesOn(parameter) : undefined,
          },
        ]
      }),
  },
  {
    id: 'axis-of-one',
    say: ({ axes }) =>
      axes
        .filter(({ points }) => points.length === 1)
        .map(({ name, parameters }) => ({
          parameters,
          says: `The axis ${name} has one value; two or more show a direction.`,
        })),
  },
  {
    id: 'fair-noise',
    say: ({ axes }, recipes) => {
      const isCompared = axes.some(
        (axis) => !axis.parameters.every((name) => name === 'seed' || name === 'noise'),
      )

      return isCompared && recipes.length > 1 && recipes.every(({ noise }) => noise === 'torch')
        ? [
            {
              parameters: ['noise'],
              says: 'With noise torch a changed parameter may shift all random draws after it; paired keeps them, so that cells differ by the parameter alone.',
              fix: { noise: 'paired' },
            },
          ]
        : []
    },
  },
  {
    id: 'guidance-saturates',
    say: ({ axes, pack }, recipes) => {
      const axis = axes.find(({ parameters }) => parameters.includes('clip_guidance_scale'))
      const usual = pack.usual.clip_guidance_scale ?? parameterNamed('clip_guidance_scale')!.usual!
      const above = axis?.points.filter(({ patch }) => Number(patch.clip_guidance_scale) > usual[1]) ?? []
      if (above.length < 2 || !recipes.every(({ clamp_grad }) => clamp_grad)) return []

      return [
        {
          parameters: ['clip_guidance_scale', 'clamp_max'],
          says: `clamp_max limits every step, so values of clip_guidance_scale above ${usual[1]} may look alike; an axis over clamp_max would tell.`,
        },
      ]
    },
  },
]

/** Parameters on axes, but for the switches of whole sets of models. */
const singleParameters = (axes: readonly Axis[]) =>
  axes.flatMap(({ parameters }) => (parameters.length > 4 ? [] : parameters))

import { isActive } from '../../parameters/active.ts'
import type { ParameterName } from '../../parameters/catalogue.ts'
import { show } from '../../parameters/check-value.ts'
import { parameters } from '../../parameters/parameter.ts'
import type { Rule } from './rule.ts'

/** What this version cannot do stays at its default, unless it would do nothing anyway. */
export const notYet: readonly Rule[] = parameters
  .filter((parameter) => parameter.acts === 'not yet')
  .map((parameter) => ({
    parameter: parameter.name,
    reads: [parameter.name, ...(parameter.needs ? [parameter.needs.parameter as ParameterName] : [])],
    check: (recipe) => {
      const value = recipe[parameter.name]
      if (JSON.stringify(value) === JSON.stringify(parameter.default) || !isActive(parameter, recipe))
        return null

      return `${parameter.name} does not work yet in this version, so it must stay ${show(parameter.default)}, but is ${show(value)}.`
    },
  }))

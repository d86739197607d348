import type { Problem } from '../errors.ts'
import type { RecipePatch } from '../parameters/catalogue.ts'
import { checkValue, show } from '../parameters/check-value.ts'
import { nearestParameter } from '../parameters/nearest.ts'
import { parameterNamed } from '../parameters/parameter.ts'

export interface CheckedPatch {
  patch: RecipePatch
  problems: Problem[]
  notices: string[]
}

/** Checks names and single values; what passes is returned in the form recipes use. */
export function checkPatch(patch: unknown): CheckedPatch {
  const checked: Record<string, unknown> = {}
  const problems: Problem[] = []
  const notices: string[] = []
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
    return {
      patch: {},
      problems: [{ message: `A recipe must be a list of names and values, but is ${show(patch)}.` }],
      notices,
    }

  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue
    const parameter = parameterNamed(name)
    if (!parameter) {
      problems.push({ message: unknownParameter(name), parameter: name })
      continue
    }

    const result = checkValue(parameter, value)
    if (!result.ok) problems.push({ message: result.message, parameter: name })
    else {
      checked[name] = result.value
      if (result.notice) notices.push(result.notice)
    }
  }

  return { patch: checked as RecipePatch, problems, notices }
}

/** The sentence for a name that no parameter has. */
export function unknownParameter(name: string): string {
  const nearest = nearestParameter(name)

  return `There is no parameter ${show(name)}${nearest ? `; did you mean ${nearest}?` : '.'}`
}

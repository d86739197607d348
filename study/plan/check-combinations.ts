import type { Problem } from '../errors.ts'
import type { ParameterName } from '../parameters/catalogue.ts'
import type { Rule, RuleContext } from '../recipe/rules/rule.ts'
import { rules } from '../recipe/rules.ts'
import { coordsOf, recipeAt } from './cell-at.ts'
import type { Plan } from './plan.ts'

/**
 * Every rule at every combination of the axes it reads, and only of those: a study of 100,000 seeds looks at each
 * rule once. Combinations that a skip rule excludes for certain are not held against the study.
 */
export function checkCombinations(
  plan: Plan,
  context: RuleContext,
  refused: ReadonlySet<string | undefined>,
): Problem[] {
  const problems: Problem[] = []
  for (const rule of rules) {
    if (rule.reads.some((name) => refused.has(name))) continue
    const problem = firstBroken(plan, rule, context)
    if (problem) problems.push(problem)
  }

  return problems
}

function firstBroken(plan: Plan, rule: Rule, context: RuleContext): Problem | null {
  const axes = touching(plan, rule.reads)
  const sub = { axes: axes.map((i) => plan.axes[i]!) }
  const count = sub.axes.reduce((product, axis) => product * axis.points.length, 1)
  const skip = plan.skip.filter((skipRule) => {
    const needed = touching(plan, skipRule.parameters)
    return needed.every((axis) => axes.includes(axis))
  })

  const coords = plan.axes.map(() => 0)
  for (let n = 0; n < count; n++) {
    for (const [j, point] of coordsOf(sub, n).entries()) coords[axes[j]!] = point
    const recipe = axes.length === 0 ? plan.base : recipeAt(plan, coords)
    const message = rule.check(recipe, context)
    if (message && !skip.some((skipRule) => skipRule.matches(recipe)))
      return { message, parameter: rule.parameter, ...(axes.length > 0 ? { axis: axes.at(-1)! } : {}) }
  }

  return null
}

function touching(plan: Plan, names: readonly ParameterName[]): number[] {
  return plan.axes.flatMap((axis, i) => (axis.parameters.some((name) => names.includes(name)) ? [i] : []))
}

import type { Problem } from '../errors.ts'
import type { PackInfo } from '../pack-info.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import type { Merges } from '../prompts/tokenize.ts'
import { checkPatch } from './check-patch.ts'
import { completeRecipe } from './complete-recipe.ts'
import { shortenedPrompts } from './rules/prompts.ts'
import { rules } from './rules.ts'

/** Checks a patch by itself and together with the defaults of the pack; `recipe` is null when there is any problem. */
export function checkRecipe(
  patch: unknown,
  pack: PackInfo,
  merges?: Merges,
): { recipe: Recipe | null; problems: Problem[]; notices: string[] } {
  const checked = checkPatch(patch)
  const recipe = completeRecipe(checked.patch, pack)
  const problems = [...checked.problems]
  const refused = new Set(checked.problems.map((problem) => problem.parameter))
  for (const rule of rules) {
    if (rule.reads.some((name) => refused.has(name))) continue
    const message = rule.check(recipe, { pack, merges })
    if (message) problems.push({ message, parameter: rule.parameter })
  }

  const isGood = problems.length === 0
  const notices = isGood ? shortenedPrompts(recipe, { pack, merges }) : []

  return { recipe: isGood ? recipe : null, problems, notices: [...checked.notices, ...notices] }
}

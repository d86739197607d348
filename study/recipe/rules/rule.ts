import type { PackInfo } from '../../pack-info.ts'
import type { ParameterName, Recipe } from '../../parameters/catalogue.ts'
import type { Merges } from '../../prompts/tokenize.ts'

export interface RuleContext {
  pack: PackInfo
  /** Without the merge table prompts are not measured against the context of the CLIPs. */
  merges?: Merges
}

/** A demand on several values of a recipe at once. */
export interface Rule {
  /** The parameter a form shows the problem at. */
  parameter: ParameterName
  /** All parameters that the rule looks at. */
  reads: readonly ParameterName[]
  /** One sentence, or null when all is well. */
  check(recipe: Recipe, context: RuleContext): string | null
}

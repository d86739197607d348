import type { Fit } from '../forecast/fit.ts'
import type { PackInfo } from '../pack-info.ts'
import type { ParameterName, Recipe, RecipePatch } from '../parameters/catalogue.ts'
import type { Plan } from '../plan/plan.ts'

/** One sentence the guide would say about a study that is allowed, but perhaps not meant. */
export interface Advice {
  /** The rule it comes from. */
  id: string
  parameters: readonly ParameterName[]
  says: string
  /** Values that would follow the advice; absent where there is no single answer, or an axis sets them. */
  fix?: RecipePatch
}

/** What a rule has to say about one recipe. */
export type Saying = string | { says: string; fix: RecipePatch } | null

/** A rule that looks at one recipe at a time, of whichever cell. */
export interface RecipeRule {
  id: string
  reads: readonly ParameterName[]
  /** Only worth a word when it holds in every cell: an axis may well begin at such a value. */
  everywhere?: true
  say(recipe: Recipe, around: Around): Saying
}

/** A rule that looks at the axes, or at all cells together. */
export interface PlanRule {
  id: string
  say(plan: Plan, recipes: readonly Recipe[]): Omit<Advice, 'id'>[]
}

/** What is known besides the recipe. */
export interface Around {
  pack: PackInfo
  /** Whether renders fit the memory of some device; null or absent when nobody knows. */
  fit?: Fit | null
}

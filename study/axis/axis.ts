import type { ParameterName, RecipePatch } from '../parameters/catalogue.ts'

/** Replaces words inside the prompts in force, wherever they come from. */
export interface Swap {
  find: string
  replace: string
}

export interface Point {
  label: string
  patch: RecipePatch
  swap?: Swap
}

/** An ordered list of points over one parameter, or over several linked ones. */
export interface Axis {
  /** `eta`, or `steps & skip_steps`. */
  name: string
  parameters: ParameterName[]
  points: Point[]
  /** As it was typed. */
  text: string
}

/** Most points of one axis, and by default most cells of a study. */
export const cellLimit = 100_000

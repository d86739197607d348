import { clipNames, type ParameterName, type RecipePatch } from '../parameters/catalogue.ts'
import type { PromptEdit } from './prompt-edit.ts'

export interface Point {
  label: string
  patch: RecipePatch
  edit?: PromptEdit
  /** Shows an intermediate picture of the run, after this share of its steps in percent. */
  partial?: number
}

/** An ordered list of points over one parameter, or over several linked ones. */
export interface Axis {
  /** `eta`, or `steps & skip_steps`; `models` stands for the switches of all CLIPs. */
  name: string
  parameters: ParameterName[]
  points: Point[]
  /** As it was typed. */
  text: string
}

/** Most points of one axis, and by default most cells of a study. */
export const cellLimit = 100_000

/** The part of an axis whose values are sets of CLIPs: `models ViTB32+RN50 | ViTB16`. */
export const modelSet = 'models'

/**
 * The axis whose points are intermediate pictures of one run: `step 10%, 50%, 100%`. What it sets is which pictures the
 * run keeps, and that is the same at all its points.
 */
export const runStep = 'step'
export const keptSteps = 'intermediate_saves' satisfies ParameterName

export const isRunAxis = (axis: Pick<Axis, 'points'>): boolean =>
  axis.points.some(({ partial }) => partial !== undefined)

/** What an axis over these parameters sets, in words of people: the switches of all CLIPs are one part. */
export function axisParts(
  parameters: readonly ParameterName[],
): (ParameterName | typeof modelSet | typeof runStep)[] {
  if (parameters.length === 1 && parameters[0] === keptSteps) return [runStep]
  if (!clipNames.every((name) => parameters.includes(name))) return [...parameters]
  const clips: ReadonlySet<string> = new Set(clipNames)

  return [...new Set(parameters.map((name) => (clips.has(name) ? modelSet : name)))]
}

export const axisName = (parameters: readonly ParameterName[]): string => axisParts(parameters).join(' & ')

import { catalogue, type Group, type ParameterName } from './catalogue.ts'
import type { Acts, Kind, Needs, ParameterValue, Stage } from './define.ts'

/** One setting of Disco Diffusion (or ours) and everything forms, checks, labels and forecasts need to know. */
export interface Parameter {
  name: ParameterName
  group: Group
  kind: Kind
  default: ParameterValue
  /** Hard bounds, both inside. For sizes they hold for each side, for schedules and lists for each value. */
  min?: number
  max?: number
  exclusiveMin?: number
  choices?: readonly string[]
  /** Choices that are refused in this version. */
  notYet?: readonly string[]
  /** The range the user guide works in. */
  usual?: [number, number]
  stage: Stage
  cost?: string
  memory?: string
  axis: boolean
  /** May a study set it? */
  studies: boolean
  /** First Disco Diffusion version that has it; `teststrip` for ours. */
  since: string
  until?: string
  needs?: Needs
  acts: Acts
  aliases: readonly string[]
  whole: boolean
  help: string
  /** Can it change pixels at all? */
  pixels: boolean
}

export const groups = Object.keys(catalogue) as readonly Group[]

/** All parameters, in the order of forms and lists. */
export const parameters: readonly Parameter[] = groups.flatMap((group) =>
  Object.entries(catalogue[group]).map(([name, definition]) => ({
    axis: true,
    studies: true,
    since: '5.2',
    acts: 'yes' as const,
    aliases: [],
    pixels: true,
    ...definition,
    whole: definition.kind === 'integer' || definition.kind === 'seed' || (definition.whole ?? false),
    name: name as ParameterName,
    group,
  })),
)

const byName = new Map<string, Parameter>(parameters.map((parameter) => [parameter.name, parameter]))

/** The parameter of that exact name. */
export function parameterNamed(name: string): Parameter | undefined {
  return byName.get(name)
}

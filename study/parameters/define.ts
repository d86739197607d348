/** How a value is typed, checked and shown. */
export type Kind =
  | 'integer'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'text'
  | 'percent'
  | 'schedule'
  | 'prompts'
  | 'keyframes'
  | 'image'
  | 'seed'
  | 'size'
  | 'numbers'
  | 'saves'

/** The part of a render in which a parameter acts. */
export type Stage =
  | 'prompts'
  | 'models'
  | 'start'
  | 'cuts'
  | 'guidance'
  | 'sampler'
  | 'saving'
  | 'animation'
  | 'video'

/** Frame number (as text) to the prompts in force from that frame on. */
export type Prompts = Record<string, string[]>
export type ParameterValue = number | boolean | string | null | number[] | [number, number] | Prompts

/** Does the parameter change the picture: yes, not in this version, or never (inert in Disco Diffusion too). */
export type Acts = 'yes' | 'not yet' | 'never'

export interface Needs {
  parameter: string
  /** One value, or any of several. */
  equals: string | number | boolean | readonly (string | number | boolean)[]
}

export interface Facts {
  stage: Stage
  help: string
  min?: number
  max?: number
  exclusiveMin?: number
  /** The range the user guide works in: no bound, only orientation. */
  usual?: [number, number]
  /** Effect on time, in words. */
  cost?: string
  /** Effect on memory, in words. */
  memory?: string
  /** May be an axis of a study (default true). */
  axis?: boolean
  /** May differ from its default in a study (default true): not what makes several pictures of one recipe. */
  studies?: boolean
  /** First and last Disco Diffusion version that has it; `teststrip` for ours. */
  since?: string
  until?: string
  /** Switched off unless another parameter has this value. */
  needs?: Needs
  acts?: Acts
  /** Choices that exist in Disco Diffusion but do not act in this version. */
  notYet?: readonly string[]
  /** Other names under which settings and notebooks know it. */
  aliases?: readonly string[]
  /** Schedules and lists: every value is a whole number. */
  whole?: boolean
  /** Can it change pixels? (default true) */
  pixels?: boolean
}

export interface Definition<K extends Kind = Kind, V = ParameterValue> extends Facts {
  kind: K
  default: V
  choices?: readonly string[]
}

const define =
  <K extends Kind, V>(kind: K) =>
  (value: V, facts: Facts): Definition<K, V> => ({ kind, default: value, ...facts })

export const integer = define<'integer', number>('integer')
export const number = define<'number', number>('number')
export const boolean = define<'boolean', boolean>('boolean')
export const text = define<'text', string>('text')
/** A share as people write it, like `60%`. */
export const percent = define<'percent', string>('percent')
export const schedule = define<'schedule', string>('schedule')
export const prompts = define<'prompts', Prompts>('prompts')
export const keyframes = define<'keyframes', string>('keyframes')
export const image = define<'image', string | null>('image')
export const seed = define<'seed', number>('seed')
export const size = define<'size', [number, number]>('size')
export const numbers = define<'numbers', number[]>('numbers')
export const saves = define<'saves', number | number[]>('saves')

/** A word out of a closed list. */
export function choice<const C extends readonly string[]>(
  choices: C,
  value: C[number],
  facts: Facts,
): Definition<'choice', C[number]> {
  return { kind: 'choice', choices, default: value, ...facts }
}

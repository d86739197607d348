import { TeststripError } from '../errors.ts'
import type { Prompts } from '../parameters/define.ts'
import { pythonFloat } from './python-float.ts'

export interface WeightedPrompt {
  text: string
  weight: number
}

/**
 * Splits a prompt at its last colon into text and weight (DD `parse_prompt`); the colon of `http://` and that of a
 * picture's `sha256:` do not count. Null when what follows the colon is not a number.
 */
export function splitWeight(prompt: string): WeightedPrompt | null {
  const scheme = /^(?:https?:\/\/|sha256:(?=[0-9a-f]{64}(?::|$)))/.exec(prompt)?.[0] ?? ''
  const colon = prompt.lastIndexOf(':')
  if (colon < scheme.length) return { text: prompt, weight: 1 }

  const weight = pythonFloat(prompt.slice(colon + 1))

  return weight === null ? null : { text: prompt.slice(0, colon), weight }
}

/** As `splitWeight`, but throws `invalid_input` where the notebook stops. */
export function parsePrompt(prompt: string): WeightedPrompt {
  const parsed = splitWeight(prompt)
  if (parsed) return parsed

  throw new TeststripError(
    'invalid_input',
    `The prompt "${prompt}" ends in "${prompt.slice(prompt.lastIndexOf(':'))}", which is not a weight: write a number after the last colon, or leave the colon out.`,
    { prompt },
  )
}

/** The prompts in force at a frame: those of the last key at or before it, else of the first key. */
export function promptsAt(prompts: Prompts, frame: number): string[] {
  const keys = Object.keys(prompts)
    .map(Number)
    .filter((key) => Number.isInteger(key))
    .sort((a, b) => a - b)
  const key = keys.findLast((key) => key <= frame) ?? keys[0]

  return key === undefined ? [] : (prompts[String(key)] ?? [])
}

/** Weights divided by the absolute value of their sum, so signs stay. The sum must not be near 0 (see `smallestWeightSum`). */
export function normaliseWeights(weights: readonly number[]): number[] {
  const sum = Math.abs(weights.reduce((total, weight) => total + weight, 0))

  return weights.map((weight) => weight / sum)
}

/** Below this the notebook refuses a set of prompts. */
export const smallestWeightSum = 1e-3

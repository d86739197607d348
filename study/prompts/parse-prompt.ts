import { TeststripError } from '../errors.ts'
import type { Prompts } from '../parameters/define.ts'

export interface WeightedPrompt {
  text: string
  weight: number
}

// Python's float(): sign, digits that may hold single underscores, exponent, inf and nan.
const pythonFloat =
  /^[+-]?(?:(?:\d+(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i
const pythonSpecial = /^([+-]?)(inf|infinity|nan)$/i

/**
 * Splits a prompt at its last colon into text and weight (DD `parse_prompt`); the colon of `http://` does not count.
 * Throws `invalid_input` when what follows the colon is not a number, as the notebook does.
 */
export function parsePrompt(prompt: string): WeightedPrompt {
  const scheme = /^https?:\/\//.exec(prompt)?.[0] ?? ''
  const colon = prompt.lastIndexOf(':')
  if (colon < scheme.length) return { text: prompt, weight: 1 }

  const tail = prompt.slice(colon + 1)
  const weight = readFloat(tail.trim())
  if (weight === null)
    throw new TeststripError(
      'invalid_input',
      `The prompt "${prompt}" ends in ":${tail}", which is not a weight: write a number after the last colon, or leave the colon out.`,
      { prompt },
    )

  return { text: prompt.slice(0, colon), weight }
}

function readFloat(text: string): number | null {
  if (pythonFloat.test(text)) return Number(text.replaceAll('_', ''))
  const special = pythonSpecial.exec(text)
  if (!special) return null
  if (special[2]!.toLowerCase() === 'nan') return Number.NaN

  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
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

import { show } from '../parameters/check-value.ts'
import { fail, within } from './failure.ts'
import { readNumbers } from './numbers.ts'
import type { PromptEdit } from './prompt-edit.ts'
import { alternatives, json } from './typed-values.ts'

export interface EditReading {
  label: string
  edit: PromptEdit
}

/** More parts would make more than 40,000 orders. */
const mostParts = 8

/**
 * The edits of prompts, as typed after `text_prompts`; null where whole prompts are meant.
 * `swap "lighthouse" for "castle" | "windmill"` · `drop nothing | "artstation"` ·
 * `weight "at night" -1, 0, 1` · `permute "oil painting" | "at sunset"`
 */
export function readEdits(name: string, text: string): EditReading[] | null {
  const match =
    /^(swap|drop|weight|permute)\s+(?=")(.+)$/is.exec(text) ?? /^(drop)\s+(nothing\b.*)$/is.exec(text)
  if (!match) return null
  const rest = match[2]!
  switch (match[1]!.toLowerCase()) {
    case 'swap':
      return swaps(name, rest)
    case 'drop':
      return drops(name, rest)
    case 'weight':
      return weights(name, rest)
    default:
      return orders(name, rest)
  }
}

function swaps(name: string, text: string): EditReading[] {
  const match = /^("(?:[^"\\]|\\.)*")\s+for\s+(.+)$/is.exec(text)
  if (!match) return fail(`${name}: write a swap like swap "lighthouse" for "castle" | "windmill".`)
  const find = words(name, match[1]!)

  return alternatives(match[2]!).map((item) => {
    const replace = within(item.trim(), () => quoted(name, item))

    return { label: replace === '' ? `without ${find}` : replace, edit: { kind: 'swap', find, replace } }
  })
}

function drops(name: string, text: string): EditReading[] {
  return alternatives(text).map((item) => {
    if (item.trim().toLowerCase() === 'nothing')
      return { label: 'all words', edit: { kind: 'drop', find: '' } }
    const find = within(item.trim(), () => words(name, item))

    return { label: `without ${find}`, edit: { kind: 'drop', find } }
  })
}

function weights(name: string, text: string): EditReading[] {
  const match = /^("(?:[^"\\]|\\.)*")\s*:?\s+(.+)$/s.exec(text)
  if (!match) return fail(`${name}: write weights like weight "at night" -1, 0, 1.`)
  const find = words(name, match[1]!)
  const { values } = readNumbers({ name, text: match[2]!, whole: false, seed: false })

  return values.map((label) => ({ label, edit: { kind: 'weight', find, weight: Number(label) } }))
}

function orders(name: string, text: string): EditReading[] {
  const parts = alternatives(text).map((item) => within(item.trim(), () => words(name, item)))
  if (parts.length < 2 || parts.length > mostParts)
    fail(`${name}: permute takes 2 to ${mostParts} parts, but has ${parts.length}.`)

  return permutations(parts).map((order) => ({
    label: order.join(', '),
    edit: { kind: 'order', parts: order },
  }))
}

/** All orders, the given one first, the last part changing fastest. */
function permutations(parts: readonly string[]): string[][] {
  if (parts.length < 2) return [[...parts]]

  return parts.flatMap((part, k) =>
    permutations(parts.filter((_, other) => other !== k)).map((rest) => [part, ...rest]),
  )
}

function words(name: string, item: string): string {
  const text = quoted(name, item)

  return text === '' ? fail(`${name}: the words between the quotes are missing.`) : text
}

function quoted(name: string, item: string): string {
  const text = json(name, item.trim())

  return typeof text === 'string' ? text : fail(`${name}: ${show(item.trim())} must stand in quotes.`)
}

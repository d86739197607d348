import { checkValue, show } from '../parameters/check-value.ts'
import type { ParameterValue } from '../parameters/define.ts'
import { formatValue } from '../parameters/format-value.ts'
import type { Parameter } from '../parameters/parameter.ts'
import type { Swap } from './axis.ts'
import { fail, within } from './failure.ts'
import { readNumbers } from './numbers.ts'

export interface Reading {
  label: string
  value?: ParameterValue
  swap?: Swap
}

/** The values of one parameter, as typed after its name. */
export function readValues(parameter: Parameter, text: string): { readings: Reading[]; notices: string[] } {
  const { name, kind } = parameter
  if (text === '')
    fail(`${name} has no values; write them after the name, as in "${name} ${example(parameter)}".`)

  if (kind === 'integer' || kind === 'number' || kind === 'seed') return numbers(parameter, text)
  if (kind === 'schedule' && !text.includes('[')) return numbers(parameter, text)
  if (kind === 'prompts' && /^swap\s/i.test(text)) return { readings: swaps(name, text), notices: [] }

  const items =
    kind === 'boolean' || kind === 'size' ? text.split(/[,|]/) : alternatives(text, kind === 'choice')
  const notices: string[] = []
  const readings = items.map((item) => {
    const checked = within(item.trim(), () => allowedValue(parameter, typedValue(parameter, item.trim())))
    if (checked.notice) notices.push(checked.notice)

    return { label: formatValue(parameter, checked.value), value: checked.value }
  })

  return { readings, notices }
}

function numbers(parameter: Parameter, text: string): { readings: Reading[]; notices: string[] } {
  const { name, kind, whole } = parameter
  const list = readNumbers({ name, text, whole, seed: kind === 'seed' })
  const readings = list.values.map((label) => {
    const { value } = within(label, () => allowedValue(parameter, Number(label)))

    return { label, value }
  })

  return { readings, notices: list.notices }
}

function allowedValue(parameter: Parameter, value: unknown) {
  const checked = checkValue(parameter, value)

  return checked.ok ? checked : fail(checked.message)
}

const yes = ['true', 'on', 'yes']
const no = ['false', 'off', 'no']

function typedValue(parameter: Parameter, item: string): unknown {
  const { name, kind } = parameter
  if (item === '') fail(`${name}: a value is empty; write one between all separators.`)
  switch (kind) {
    case 'boolean': {
      const word = item.toLowerCase()
      return yes.includes(word) ? true : no.includes(word) ? false : item
    }
    case 'prompts':
      return /^[[{"]/.test(item) ? json(name, item) : item
    case 'numbers':
    case 'saves':
      return /^\[/.test(item) ? json(name, item) : item.split(/\s*,\s*/).map(number)
    case 'schedule':
      return item.includes('[') ? item : number(item)
    default:
      return item
  }
}

const number = (text: string): number | string =>
  /^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(text) ? Number(text) : text

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail(`${name}: ${show(text)} is not complete JSON; check its quotes and brackets.`)
  }
}

/** Cut at `|` (for choices at commas too), but not inside the quotes and brackets of a JSON value. */
function alternatives(text: string, commas: boolean): string[] {
  if (commas) return text.split(/[,|]/)
  const items: string[] = []
  let item = ''
  let depth = 0
  let quoted = false
  let structured = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (item.trim() === '') structured = /[[{"]/.test(char)
    if (structured && quoted && char === '\\') {
      item += char + (text[++i] ?? '')
      continue
    }
    if (structured && char === '"') quoted = !quoted
    if (structured && !quoted) depth += /[[{]/.test(char) ? 1 : /[\]}]/.test(char) ? -1 : 0
    if (char === '|' && !quoted && depth <= 0) {
      items.push(item)
      item = ''
      depth = 0
    } else item += char
  }

  return [...items, item]
}

/** `swap "lighthouse" for "castle" | "windmill"`: one point for every replacement. */
function swaps(name: string, text: string): Reading[] {
  const match = /^swap\s+("(?:[^"\\]|\\.)*")\s+for\s+(.+)$/is.exec(text)
  if (!match) return fail(`${name}: write a swap like swap "lighthouse" for "castle" | "windmill".`)
  const find = json(name, match[1]!)
  if (typeof find !== 'string' || find === '') return fail(`${name}: the word to swap is empty.`)

  return alternatives(match[2]!, false).map((item) => {
    const replace = json(name, item.trim())
    if (typeof replace !== 'string') return fail(`${name}: ${show(item)} must stand in quotes.`)

    return { label: replace === '' ? `without ${find}` : replace, swap: { find, replace } }
  })
}

function example(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'boolean':
      return 'true, false'
    case 'prompts':
      return 'a castle | a windmill'
    case 'schedule':
      return '[12]*400+[4]*600 | [6]*1000'
    case 'size':
      return '64x64, 128x64'
    case 'choice':
      return parameter.choices!.join(', ')
    case 'seed':
      return 'seeds 8 from 1000'
    default:
      return `${show(parameter.default)}`
  }
}

import { checkValue, show } from '../parameters/check-value.ts'
import type { ParameterValue } from '../parameters/define.ts'
import { formatValue } from '../parameters/format-value.ts'
import type { Parameter } from '../parameters/parameter.ts'
import { fail, within } from './failure.ts'
import { readNumbers } from './numbers.ts'
import type { PromptEdit } from './prompt-edit.ts'
import { readEdits } from './read-edits.ts'
import { alternatives, json } from './typed-values.ts'

export interface Reading {
  label: string
  value?: ParameterValue
  edit?: PromptEdit
}

/** Values without commas of their own, which commas may part. */
const commaKinds: ReadonlySet<string> = new Set(['boolean', 'size', 'choice', 'percent'])

/** The values of one parameter, as typed after its name. */
export function readValues(parameter: Parameter, text: string): { readings: Reading[]; notices: string[] } {
  const { name, kind } = parameter
  if (text === '')
    fail(`${name} has no values; write them after the name, as in "${name} ${example(parameter)}".`)

  if (kind === 'integer' || kind === 'number' || kind === 'seed') return numbers(parameter, text)
  if (kind === 'schedule' && !text.includes('[')) return numbers(parameter, text)
  const edits = kind === 'prompts' ? readEdits(name, text) : null
  if (edits) return { readings: edits, notices: [] }

  const items = commaKinds.has(kind) ? text.split(/[,|]/) : alternatives(text)
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

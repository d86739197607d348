import { parseKeyFrames } from '../key-frames/parse-key-frames.ts'
import { parseSchedule } from '../schedule/parse-schedule.ts'
import type { ParameterValue, Prompts } from './define.ts'
import type { Parameter } from './parameter.ts'

export type CheckedValue =
  | { ok: true; value: ParameterValue; notice?: string }
  | { ok: false; message: string }

const longestPrompt = 1000
const mostPrompts = 64
const mostFrames = 1000
const longestText = 2000
const mostNumbers = 1000

/**
 * Checks one value by itself and puts it into the form recipes use: a number for a schedule becomes `[n]*1000`,
 * one prompt becomes `{ "0": [prompt] }`, sizes are rounded down to multiples of 64 with a notice.
 */
export function checkValue(parameter: Parameter, value: unknown): CheckedValue {
  const bad = (): CheckedValue => ({
    ok: false,
    message: `${parameter.name} must be ${allowed(parameter)}, but is ${show(value)}.`,
  })
  const good = (checked: ParameterValue, notice?: string): CheckedValue => ({
    ok: true,
    value: checked,
    notice,
  })

  switch (parameter.kind) {
    case 'integer':
    case 'number':
    case 'seed':
      return inBounds(parameter, value) ? good(value === 0 ? 0 : value) : bad()

    case 'boolean':
      return typeof value === 'boolean' ? good(value) : bad()

    case 'choice': {
      if (typeof value !== 'string' || !parameter.choices?.includes(value)) return bad()
      if (parameter.notYet?.includes(value))
        return {
          ok: false,
          message: `${parameter.name} ${value} does not work yet in this version; use ${usable(parameter).join(' or ')}.`,
        }

      return good(value)
    }

    case 'text':
      return typeof value === 'string' && value.length <= longestText ? good(value) : bad()

    case 'percent': {
      const typed = /^\s*(\d{1,3})\s*%?\s*$/.exec(String(value))
      const share = typed ? Number(typed[1]) : null
      return inBounds(parameter, share) ? good(`${share}%`) : bad()
    }

    case 'keyframes':
      return checkKeyFrames(parameter, value)

    case 'image': {
      if (value === null) return good(null)
      if (typeof value !== 'string' || value.length > longestText) return bad()
      return good(['', 'none', 'None', 'NONE'].includes(value) ? null : value)
    }

    case 'schedule':
      return checkSchedule(parameter, value)

    case 'prompts':
      return checkPrompts(parameter, value)

    case 'size':
      return checkSize(parameter, value)

    case 'numbers': {
      const list = Array.isArray(value) ? value : [value]
      return list.length > 0 && list.length <= mostNumbers && list.every((item) => inBounds(parameter, item))
        ? good(list)
        : bad()
    }

    case 'saves': {
      const list = Array.isArray(value) ? value : [value]
      if (
        list.length > mostNumbers ||
        !list.every((item) => inBounds(parameter, item) && Number.isInteger(item))
      )
        return bad()

      return good(Array.isArray(value) ? list : (list[0] as number))
    }
  }
}

function checkKeyFrames(parameter: Parameter, value: unknown): CheckedValue {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length > longestText)
    return { ok: false, message: `${parameter.name} must be ${allowed(parameter)}, but is ${show(value)}.` }

  const parsed = parseKeyFrames(text)
  if (!parsed.ok) return { ok: false, message: `${parameter.name} ${show(text)}: ${parsed.problem.message}` }

  return { ok: true, value: parsed.text }
}

function checkSchedule(parameter: Parameter, value: unknown): CheckedValue {
  const text = typeof value === 'number' && Number.isFinite(value) ? `[${value}]*1000` : value
  if (typeof text !== 'string')
    return { ok: false, message: `${parameter.name} must be ${allowed(parameter)}, but is ${show(value)}.` }

  const parsed = parseSchedule(text, { integer: parameter.whole })
  if (!parsed.ok) return { ok: false, message: `${parameter.name} ${show(text)}: ${parsed.problem.message}` }
  for (const [entry] of parsed.runs)
    if (!inBounds(parameter, entry))
      return {
        ok: false,
        message: `${parameter.name} ${show(text)}: every value must be ${bounds(parameter)}, but one is ${entry}.`,
      }

  return { ok: true, value: text.replace(/\s+/g, '') }
}

function checkPrompts(parameter: Parameter, value: unknown): CheckedValue {
  const frames: unknown =
    typeof value === 'string' ? { '0': [value] } : Array.isArray(value) ? { '0': value } : value
  const bad = (why: string): CheckedValue => ({ ok: false, message: `${parameter.name} ${why}.` })
  if (typeof frames !== 'object' || frames === null)
    return bad(`must be ${allowed(parameter)}, but is ${show(value)}`)

  const entries = Object.entries(frames)
  if (entries.length > mostFrames) return bad(`has ${entries.length} frames; at most ${mostFrames} are read`)

  const prompts: Prompts = {}
  for (const [frame, lines] of entries) {
    if (!/^\d{1,6}$/.test(frame)) return bad(`has the frame ${show(frame)}, which is not a whole number`)
    const list = typeof lines === 'string' ? [lines] : lines
    if (!Array.isArray(list) || !list.every((line) => typeof line === 'string'))
      return bad(`must hold a list of texts for frame ${frame}, but has ${show(lines)}`)
    if (list.length > mostPrompts)
      return bad(`has ${list.length} prompts for frame ${frame}; at most ${mostPrompts} are read`)
    const long = list.find((line) => line.length > longestPrompt)
    if (long !== undefined)
      return bad(
        `has a prompt of ${long.length} characters; at most ${longestPrompt} are read: ${show(long)}`,
      )
    prompts[String(Number(frame))] = list
  }

  return { ok: true, value: prompts }
}

function checkSize(parameter: Parameter, value: unknown): CheckedValue {
  const typed = typeof value === 'string' ? /^\s*(\d{1,5})\s*[x×*,]\s*(\d{1,5})\s*$/i.exec(value) : null
  const sides = typed ? [Number(typed[1]), Number(typed[2])] : value
  const { min = 64, max = Number.POSITIVE_INFINITY } = parameter
  const bad: CheckedValue = {
    ok: false,
    message: `${parameter.name} must be ${allowed(parameter)}, but is ${show(value)}.`,
  }
  if (!Array.isArray(sides) || sides.length !== 2) return bad
  const [width, height] = sides as unknown[]
  if (typeof width !== 'number' || typeof height !== 'number') return bad
  if (!(width >= min && width <= max && height >= min && height <= max)) return bad

  const floored = floorSize([width, height])
  if (floored[0] === width && floored[1] === height) return { ok: true, value: floored }

  return {
    ok: true,
    value: floored,
    notice: `${parameter.name} ${width} × ${height} is rounded down to ${floored[0]} × ${floored[1]}: each side must be a multiple of 64.`,
  }
}

/** Each side rounded down to a multiple of 64, as DD does. */
export function floorSize([width, height]: readonly [number, number]): [number, number] {
  return [Math.floor(width / 64) * 64, Math.floor(height / 64) * 64]
}

function inBounds(parameter: Parameter, value: unknown): value is number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (parameter.whole && !Number.isSafeInteger(value)) return false
  if (parameter.exclusiveMin !== undefined && value <= parameter.exclusiveMin) return false

  return value >= (parameter.min ?? -Infinity) && value <= (parameter.max ?? Infinity)
}

const usable = (parameter: Parameter): string[] =>
  (parameter.choices ?? []).filter((word) => !parameter.notYet?.includes(word))

/** What is allowed, as the end of the sentence "it must be …". */
export function allowed(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'integer':
    case 'seed':
      return `a whole number ${bounds(parameter)}`.trimEnd()
    case 'number':
      return `a number ${bounds(parameter)}`.trimEnd()
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${parameter.choices?.join(', ')}`
    case 'text':
      return `a text of at most ${longestText} characters`
    case 'percent':
      return `a whole percentage ${bounds(parameter)}, like ${parameter.default}`
    case 'keyframes':
      return 'key frames like 0: (0), 10: (1.5)'
    case 'image':
      return 'the name of a picture, or null'
    case 'schedule':
      return 'a schedule like [12]*400+[4]*600, or one number'
    case 'prompts':
      return 'a list of prompts, or lists by frame number'
    case 'size':
      return `two sides in pixels, each ${bounds(parameter)}, like 128x64`
    case 'numbers':
      return `a list of numbers ${bounds(parameter)}`.trimEnd()
    case 'saves':
      return `a whole number ${bounds(parameter)}, or a list of steps`
  }
}

function bounds({ min, max, exclusiveMin }: Parameter): string {
  const low = exclusiveMin !== undefined ? `above ${exclusiveMin}` : min !== undefined ? `from ${min}` : ''
  if (max === undefined) return low && (exclusiveMin !== undefined ? low : `${low} up`)
  if (low === '') return `up to ${max}`

  return exclusiveMin !== undefined ? `${low} and up to ${max}` : `${low} to ${max}`
}

/** A value as it may stand in a sentence: JSON, cut to a readable length. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))

  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

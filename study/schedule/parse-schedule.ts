import type { Problem } from '../errors.ts'

/** Units of a schedule: unit 0 is the noisiest moment of a run, unit 999 its end. */
export const scheduleUnits = 1000

/** `[value, count]`, counts adding up to 1000, neighbours differing. */
export type Run = [value: number, count: number]

export type ParsedSchedule =
  | {
      ok: true
      values: Float64Array
      runs: Run[]
      /** Units written; those beyond 1000 are never reached. */
      total: number
    }
  | { ok: false; problem: Problem }

// Longer lists are legal in the notebook and their tail is ignored; these only keep hostile text harmless.
const longestText = 20_000
const mostEntries = 100_000

/**
 * Reads a schedule such as `[12]*400+[4]*600`: `term ('+' term)*`, `term = '[' number (',' number)* ']' ('*' count)?`.
 * Time is linear in the text, and nothing longer than 1000 entries is ever built.
 */
export function parseSchedule(text: string, options: { integer?: boolean } = {}): ParsedSchedule {
  if (text.length > longestText)
    return failure(`it is ${text.length} characters long; at most ${longestText} are read`, 0)

  const values = new Float64Array(scheduleUnits)
  let filled = 0
  let total = 0
  const token = /\s*(?:([+*[\],])|([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?))/iy
  let position = 0

  const next = (): { at: number; mark?: string; number?: string } | null => {
    token.lastIndex = position
    const match = token.exec(text)
    if (!match) return null
    position = token.lastIndex
    const at = position - (match[1] ?? match[2])!.length

    return { at, mark: match[1], number: match[2] }
  }

  for (;;) {
    const open = next()
    if (open?.mark !== '[') return failure('a "[" is expected', open?.at ?? position)

    const list: number[] = []
    for (;;) {
      const item = next()
      if (item?.number === undefined) return failure('a number is expected', item?.at ?? position)
      const value = Number(item.number)
      if (!Number.isFinite(value)) return failure(`${item.number} is not a finite number`, item.at)
      if (options.integer && !Number.isInteger(value))
        return failure(`${item.number} is not a whole number`, item.at)
      list.push(value === 0 ? 0 : value)
      const end = next()
      if (end?.mark === ']') break
      if (end?.mark !== ',') return failure('"," or "]" is expected', end?.at ?? position)
    }

    let separator = rest(text, position) ? next() : undefined
    let count = 1
    if (separator?.mark === '*') {
      const times = next()
      if (times?.number === undefined || !/^\d+$/.test(times.number))
        return failure('a whole number is expected after "*"', times?.at ?? position)
      count = Number(times.number)
      if (count * list.length > mostEntries)
        return failure(`[…]*${times.number} is longer than ${mostEntries} entries`, times.at)
      separator = rest(text, position) ? next() : undefined
    }

    total += list.length * count
    for (let i = 0; i < count && filled < scheduleUnits; i++)
      for (const value of list) if (filled < scheduleUnits) values[filled++] = value

    if (separator === undefined) break
    if (separator?.mark !== '+') return failure('"+" is expected', separator?.at ?? position)
  }

  if (total < scheduleUnits)
    return failure(`it covers ${total} of the ${scheduleUnits} units of a run`, text.length)

  return { ok: true, values, runs: runsOf(values), total }
}

function rest(text: string, position: number): boolean {
  return text.slice(position).trim() !== ''
}

function failure(reason: string, at: number): ParsedSchedule {
  return { ok: false, problem: { message: `${reason}; write it like [12]*400+[4]*600.`, at } }
}

function runsOf(values: Float64Array): Run[] {
  const runs: Run[] = []
  for (const value of values) {
    const last = runs.at(-1)
    if (last && last[0] === value) last[1]++
    else runs.push([value, 1])
  }

  return runs
}

/** The shortest text of a schedule. */
export function scheduleToText(runs: readonly Run[]): string {
  return runs.map(([value, count]) => `[${value}]*${count}`).join('+')
}

/** The unit of a schedule in force at model time `tau` (0 … 1000): `1000 - (int(tau) + 1)`. */
export function scheduleIndex(tau: number): number {
  return scheduleUnits - (Math.trunc(tau) + 1)
}

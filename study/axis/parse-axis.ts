import type { Problem } from '../errors.ts'
import type { ParameterName, RecipePatch } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { type Parameter, parameterNamed } from '../parameters/parameter.ts'
import { unknownParameter } from '../recipe/check-patch.ts'
import type { Axis, Point } from './axis.ts'
import { AxisFailure, fail, within } from './failure.ts'
import { type Reading, readValues } from './read-values.ts'
import { splitParts } from './split-parts.ts'

export type ParsedAxis = { ok: true; axis: Axis; notices: string[] } | { ok: false; problem: Problem }

const longestText = 200_000

/**
 * Reads an axis as people type it: `eta 0..1 step 0.25`, `eta: 0, 0.5`, `seed seeds 8 from 1000`,
 * `steps 25, 50 & skip_steps 0, 5`.
 */
export function parseAxis(text: string): ParsedAxis {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof AxisFailure)) throw error
    const parameter = /^\s*([A-Za-z_]\w*)/.exec(text)?.[1]

    return { ok: false, problem: { message: error.message, parameter, at: placeOf(error.piece, text) } }
  }
}

/** Where the piece stands: after the name if it stands there at all, since values often look like parts of names. */
function placeOf(piece: string | null, text: string): number | undefined {
  if (!piece) return undefined
  const values = /^\s*\w*\s*/.exec(text)![0].length
  const after = text.indexOf(piece, values)
  const at = after < 0 ? text.indexOf(piece) : after

  return at < 0 ? undefined : at
}

function read(text: string): ParsedAxis {
  if (text.length > longestText)
    fail(`An axis of ${text.length} characters is too long; at most ${longestText} are read.`)

  const { parts, notices } = splitParts(text)
  const lists = parts.map((part) => {
    const { parameter, values } = within(part, () => readName(part))
    const read = within(values, () => readValues(parameter, values))
    notices.push(...read.notices)

    return { parameter, readings: read.readings }
  })

  const names = lists.map(({ parameter }) => parameter.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) fail(`${twice} stands twice on one axis.`)
  const [first, ...others] = lists
  for (const other of others)
    if (other.readings.length !== first!.readings.length)
      fail(
        `${first!.parameter.name} has ${first!.readings.length} values and ${other.parameter.name} has ${other.readings.length}; linked parameters need equally many.`,
      )

  const points = first!.readings.map((_, i) =>
    pointOf(lists.map((list) => [list.parameter, list.readings[i]!])),
  )
  const distinct = withoutRepeats(points)
  if (distinct.length < points.length)
    notices.push(
      `${names.join(' & ')}: ${points.length - distinct.length} repeated ${points.length - distinct.length === 1 ? 'value is' : 'values are'} left out.`,
    )

  return {
    ok: true,
    axis: { name: names.join(' & '), parameters: names, points: distinct, text: text.trim() },
    notices,
  }
}

function readName(part: string): { parameter: Parameter; values: string } {
  if (/^seeds?\s+\d+\s+from\s/i.test(part)) return { parameter: parameterNamed('seed')!, values: part }
  const match = /^([A-Za-z_]\w*)\s*(?:[:=]|(?=\s)|$)\s*/.exec(part)
  if (!match)
    return fail(
      `An axis starts with the name of a parameter, as in "eta 0..1 count 5", but this is ${show(part)}.`,
    )

  const parameter = parameterNamed(match[1]!)
  if (!parameter) return fail(unknownParameter(match[1]!))
  if (!parameter.axis) fail(`${parameter.name} cannot be an axis: it does not change single pictures.`)

  return { parameter, values: part.slice(match[0].length).trim() }
}

function pointOf(entries: [Parameter, Reading][]): Point {
  const patch: Partial<Record<ParameterName, unknown>> = {}
  let swap: Point['swap']
  for (const [parameter, reading] of entries) {
    if (reading.swap) swap = reading.swap
    else patch[parameter.name] = reading.value
  }
  const point: Point = {
    label: entries.map(([, { label }]) => label).join(' / '),
    patch: patch as RecipePatch,
  }

  return swap ? { ...point, swap } : point
}

function withoutRepeats(points: Point[]): Point[] {
  const seen = new Set<string>()

  return points.filter((point) => {
    const key = JSON.stringify([point.patch, point.swap])
    if (seen.has(key)) return false
    seen.add(key)

    return true
  })
}

import type { Problem } from '../errors.ts'
import { clipNames, type ParameterName, type RecipePatch } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { parameterNamed } from '../parameters/parameter.ts'
import { unknownParameter } from '../recipe/check-patch.ts'
import { type Axis, keptSteps, modelSet, type Point, runStep } from './axis.ts'
import { AxisFailure, fail, within } from './failure.ts'
import { readModelSets } from './read-model-sets.ts'
import { readRunSteps } from './read-run-steps.ts'
import { readValues } from './read-values.ts'
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
    const list = within(part, () => readPart(part))
    notices.push(...list.notices)

    return list
  })

  const names = lists.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) fail(`${twice} stands twice on one axis.`)
  if (names.length > 1 && names.includes(runStep))
    fail('step shows pictures of one run, so it stands on an axis of its own.')
  const [first, ...others] = lists
  for (const other of others)
    if (other.points.length !== first!.points.length)
      fail(
        `${first!.name} has ${first!.points.length} values and ${other.name} has ${other.points.length}; linked parameters need equally many.`,
      )

  const points = first!.points.map((_, i) => linked(lists.map((list) => list.points[i]!)))
  const distinct = withoutRepeats(points)
  if (distinct.length < points.length)
    notices.push(
      `${names.join(' & ')}: ${points.length - distinct.length} repeated ${points.length - distinct.length === 1 ? 'value is' : 'values are'} left out.`,
    )

  return {
    ok: true,
    axis: {
      name: names.join(' & '),
      parameters: lists.flatMap(({ parameters }) => parameters),
      points: distinct,
      text: text.trim(),
    },
    notices,
  }
}

/** One of the linked parameters with its values. */
interface Part {
  name: string
  parameters: readonly ParameterName[]
  points: Point[]
  notices: string[]
}

function readPart(part: string): Part {
  const { name, values } = readName(part)
  if (name === modelSet)
    return { name, parameters: clipNames, points: within(values, () => readModelSets(values)), notices: [] }

  if (name === runStep)
    return { name, parameters: [keptSteps], points: within(values, () => readRunSteps(values)), notices: [] }

  const parameter = parameterNamed(name)
  if (!parameter) return fail(unknownParameter(name))
  if (!parameter.axis) fail(`${name} cannot be an axis: it does not change single pictures.`)
  const { readings, notices } = within(values, () => readValues(parameter, values))
  const points = readings.map(
    ({ label, value, edit }): Point =>
      edit ? { label, patch: {}, edit } : { label, patch: { [parameter.name]: value } as RecipePatch },
  )

  return { name: parameter.name, parameters: [parameter.name], points, notices }
}

function readName(part: string): { name: string; values: string } {
  if (/^seeds?\s+\d+\s+from\s/i.test(part)) return { name: 'seed', values: part }
  const match = /^([A-Za-z_]\w*)\s*(?:[:=]|(?=\s)|$)\s*/.exec(part)
  if (!match)
    return fail(
      `An axis starts with the name of a parameter, as in "eta 0..1 count 5", but this is ${show(part)}.`,
    )

  return { name: match[1]!, values: part.slice(match[0].length).trim() }
}

function linked(points: readonly Point[]): Point {
  if (points.length === 1) return points[0]!
  const edit = points.find((point) => point.edit)?.edit
  const point: Point = {
    label: points.map(({ label }) => label).join(' / '),
    patch: Object.assign({}, ...points.map(({ patch }) => patch)),
  }

  return edit ? { ...point, edit } : point
}

function withoutRepeats(points: Point[]): Point[] {
  const seen = new Set<string>()

  return points.filter((point) => {
    const key = JSON.stringify([point.patch, point.edit, point.partial])
    if (seen.has(key)) return false
    seen.add(key)

    return true
  })
}

import type { Plan } from '#study'
import type { Side } from '../../state/sheet.ts'

/** Advance of one character of the 12 px mono face, and its line. */
const character = 7.25
const line = 15

const edge = 18
const padding = 14
const underBand = 7
const besideLabel = 10

/** One label over all the columns it holds for. */
export interface Band {
  text: string
  axis: number
  /** First column of its table, and how many. */
  start: number
  span: number
  /** Which label of its level this is, counted along the table. */
  nth: number
}

const textWidth = (text: string): number => text.length * character

const longestLabel = (plan: Pick<Plan, 'axes'>, axis: number): number =>
  plan.axes[axis]!.points.reduce((longest, { label }) => Math.max(longest, label.length), 1)

/**
 * Of how many columns (or rows) one is named, so that labels do not run into each other where cells are small. From
 * the size of thumbnails on every one is named, wrapped where it is long.
 */
export function namedEach(options: {
  plan: Pick<Plan, 'axes'>
  side: Side
  pitch: number
  along: 'columns' | 'rows'
}): number {
  const { plan, side, pitch, along } = options
  const axis = side.axes.at(-1)?.axis
  if (axis === undefined || pitch >= 48) return 1
  const room = along === 'rows' ? line : longestLabel(plan, axis) * character + besideLabel

  return Math.max(1, Math.ceil(room / pitch))
}

/** The labels of one level over a stretch of one table; a band that begins before the stretch is cut to it. */
export function bandsIn(
  side: Side,
  level: number,
  options: { range: readonly [number, number]; each: number },
): Band[] {
  const { axis, span } = side.axes[level]!
  const innermost = level === side.axes.length - 1
  const step = innermost ? span * options.each : span
  const [first, end] = options.range
  const bands: Band[] = []
  for (let start = Math.floor(first / step) * step; start < end; start += step) {
    const from = Math.max(start, first)
    bands.push({
      text: side.labels(start)[level]!.text,
      axis,
      start: innermost ? start : from,
      span: innermost ? span : Math.min(start + span, end) - from,
      nth: start / step,
    })
  }

  return bands.filter(({ start, span }) => span > 0 && start >= first && start < end)
}

/**
 * The element in which the nth label of a level stands, where `count` stand beside each other. Elements are used again
 * for the labels that come next: new words cost a browser much less than other elements.
 */
export const slotOf = (nth: number, count: number): number =>
  nth % 2 ** Math.ceil(Math.log2(Math.max(1, count)))

/** Room for headers so that every label can be read in full: long ones wrap, none is clipped. */
export function headSizes(options: {
  plan: Pick<Plan, 'axes'>
  columns: Side
  rows: Side
  pitch: number
  gap: number
}): {
  headWidth: number
  headHeight: number
  /** Height of each level of bands. */
  levels: number[]
} {
  const { plan, columns, rows, pitch, gap } = options
  const thinned = namedEach({ plan, side: columns, pitch, along: 'columns' }) > 1
  const levels = columns.axes.map(({ axis, span }, level) => {
    const innermost = level === columns.axes.length - 1
    const lines =
      innermost && thinned
        ? 1
        : plan.axes[axis]!.points.reduce(
            (most, { label }) => Math.max(most, linesOf(label, span * pitch - gap)),
            1,
          )
    return lines * line + (innermost ? 0 : underBand)
  })
  const labels = rows.axes.map(({ axis }) => longestLabel(plan, axis))
  // Below each other where there is room for it, else in one line.
  const longest = pitch < 48 ? labels.reduce((sum, label) => sum + label + 3, -3) : Math.max(0, ...labels)

  return {
    levels,
    headHeight:
      Math.max(
        line,
        levels.reduce((sum, height) => sum + height, 0),
      ) + 24,
    headWidth: Math.ceil(
      Math.min(pitch < 48 ? 320 : 200, Math.max(70, longest * character + edge + padding)),
    ),
  }
}

const linesOf = (label: string, width: number): number =>
  Math.max(1, Math.ceil(textWidth(label) / Math.max(character, width)))

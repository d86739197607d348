import type { ReactNode } from 'react'
import type { Analysis, EffectAxis, PictureMeasure } from '#charts'

/** What a figure points at: the cells behind one of its marks, the one it leads to first. */
export interface Mark {
  title: string
  lines: string[]
  seqs: number[]
}

/** What every figure of this screen is given. */
export interface FigureProps {
  axes: readonly EffectAxis[]
  measure: PictureMeasure
  /** Of that measure, by place; NaN where there is none. */
  values: Float32Array
  analysis: Analysis | null
  /** Every measure that is loaded, and what each is. */
  columns: ReadonlyMap<string, Float32Array>
  measures: readonly PictureMeasure[]
  /** The pictures behind a mark, for a layer beside the pointer. */
  card: (mark: Mark) => ReactNode
  open: (seq: number) => void
}

/** A tick has little room: the whole label is in the card and in the table. */
export const tickText = (label: string, most = 16): string =>
  label.length <= most ? label : `${label.slice(0, most - 1)}…`

/** `eta 0.5, seed 7`. */
export const cellText = (axes: readonly EffectAxis[], points: readonly number[]): string =>
  axes.map(({ name, labels }, k) => `${name} ${labels[points[k]!]}`).join(', ') || 'the only cell'

/** An axis that begins and ends at a round number. */
export interface Ruler {
  range: [low: number, high: number]
  ticks: number[]
}

/** The ruler of what is a number, in about four steps of 1, 2 or 5; null without any. */
export function rulerOf(values: Iterable<number>): Ruler | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return null

  const rough = (high - low || Math.abs(high) || 1) / 4
  const decade = 10 ** Math.floor(Math.log10(rough))
  const step = decade * ([1, 2, 5, 10].find((each) => each * decade >= rough * 0.999) ?? 10)
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)]
  const ticks = Array.from({ length: Math.max(1, last - first) + 1 }, (_, k) => (first + k) * step)

  return { range: [ticks[0]!, ticks.at(-1)!], ticks }
}

/** A figure along an axis, with a real minus sign. */
export const figureText = (value: number, digits: number): string =>
  `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`

/** How recharts writes along its axes, in our type and colours. */
export const tick = { fill: 'var(--muted)', fontSize: 11, fontFamily: 'var(--mono)' } as const

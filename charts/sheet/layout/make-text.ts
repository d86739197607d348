import type { Align, FontName, MeasureText, TextBox, Tone } from './sheet-layout.ts'
import { balancedLines, wrapText } from './wrap-text.ts'

interface Style {
  font: FontName
  /** Design units, as line height. */
  size: number
  line: number
  tone: Tone
}

/** Type of every kind of text, in design units (pixels of a sheet about 1240 wide). */
export const styles = {
  title: { font: 'title', size: 42, line: 50, tone: 'ink' },
  subtitle: { font: 'subtitle', size: 17, line: 24, tone: 'muted' },
  name: { font: 'mono', size: 14, line: 20, tone: 'muted' },
  label: { font: 'mono', size: 16, line: 21, tone: 'ink' },
  blockName: { font: 'mono', size: 16, line: 24, tone: 'muted' },
  caption: { font: 'mono', size: 11, line: 15, tone: 'muted' },
  running: { font: 'subtitle', size: 17, line: 24, tone: 'muted' },
  legend: { font: 'text', size: 13, line: 19, tone: 'muted' },
  heading: { font: 'strong', size: 13, line: 20, tone: 'muted' },
  condition: { font: 'mono', size: 13, line: 21, tone: 'muted' },
  value: { font: 'text', size: 14, line: 21, tone: 'ink' },
  footer: { font: 'text', size: 13, line: 18, tone: 'muted' },
} as const satisfies Record<string, Style>

export type StyleName = keyof typeof styles

/** Titles and labels stand alone, so their lines are made about equally long; running text fills its lines. */
const balanced = new Set<TextBox['role']>(['title', 'label'])

/** Makes text boxes at one unit: wraps them to a width and gives them their height. */
export function textMaker(unit: number, measure: MeasureText) {
  const sizeOf = (name: StyleName) => styles[name].size * unit
  // A page is laid out many times until it fits, and most of its texts have the same width each time.
  const wrapped = new Map<string, string[]>()

  return {
    /** Width of the text on one line, whole pixels; never 0. */
    natural(name: StyleName, text: string): number {
      return Math.max(
        1,
        ...text.split('\n').map((line) => Math.ceil(measure(line, styles[name].font, sizeOf(name)))),
      )
    },

    make(
      name: StyleName,
      text: string,
      place: { x: number; y: number; width: number; align?: Align; role: TextBox['role'] },
    ): TextBox {
      const { font, line, tone } = styles[name]
      const size = sizeOf(name)
      const lineHeight = Math.round(line * unit)
      const key = `${name} ${place.role} ${place.width} ${text}`
      let lines = wrapped.get(key)
      if (!lines) {
        const wrap = balanced.has(place.role) ? balancedLines : wrapText
        lines = wrap(text, { font, size }, place.width, measure)
        wrapped.set(key, lines)
      }

      return {
        align: 'left',
        ...place,
        height: lines.length * lineHeight,
        lines,
        font,
        size,
        lineHeight,
        tone,
      }
    },
  }
}

export type TextMaker = ReturnType<typeof textMaker>

import type { FontName, MeasureText } from './sheet-layout.ts'

export interface TextStyle {
  font: FontName
  size: number
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const hyphen = '-'
/** Places where a value or name may be broken without a hyphen: after one of these. */
const breakAfter = /[_\-/+,;:*=|)\]}&.·]/
const letter = /\p{L}/u
/** Scripts written without spaces may be broken between any two characters. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/**
 * Breaks text into lines no wider than `width`: at spaces, else after punctuation, else inside a word, with a hyphen
 * where letters meet. Nothing is left out; only a single character that alone is wider can stick out.
 */
export function wrapText(text: string, style: TextStyle, width: number, measure: MeasureText): string[] {
  const fits = (line: string) => measure(line, style.font, style.size) <= width
  const lines: string[] = []

  for (const paragraph of visible(text).split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ').filter((word) => word !== '')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (fits(longer)) {
        line = longer
        continue
      }
      if (line !== '' && fits(word)) {
        lines.push(line)
        line = word
        continue
      }
      const pieces = breakWord(word, line === '' ? '' : `${line} `, fits)
      lines.push(...pieces.slice(0, -1))
      line = pieces.at(-1)!
    }
    lines.push(line)
  }

  return lines
}

/** As `wrapText`, in the narrowest width that takes as few lines and breaks no further word. */
export function balancedLines(text: string, style: TextStyle, width: number, measure: MeasureText): string[] {
  const widest = wrapText(text, style, width, measure)
  if (widest.length < 2) return widest
  const signs = (lines: string[]) => lines.join(' ').length

  let best = widest
  let [low, high] = [Math.floor(width / 2), width]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    const lines = wrapText(text, style, middle, measure)
    const isAsGood = lines.length === widest.length && signs(lines) === signs(widest)
    if (isAsGood) [best, high] = [lines, middle]
    else low = middle
  }

  return best
}

/** Pieces of a word too long for a line; the first continues `start` if any of it fits there. */
function breakWord(word: string, start: string, fits: (line: string) => boolean): string[] {
  // A sign of several characters stays whole, unless it alone is wider than a line.
  const signs = [...graphemes.segment(word)].flatMap(({ segment }) =>
    fits(segment) ? [segment] : [...segment],
  )
  const lines: string[] = []
  let line = start
  let at = 0

  while (at < signs.length) {
    const cut = lastCut(signs, at, line, fits)
    if (cut === null) {
      // Not one sign fits behind what the line already holds.
      lines.push(line.trimEnd())
      line = ''
      continue
    }
    line += signs.slice(at, cut.end).join('') + (cut.hyphen ? hyphen : '')
    at = cut.end
    if (at < signs.length) {
      lines.push(line)
      line = ''
    }
  }

  return [...lines, line]
}

/** The best end of a line: the rest of the word, else the last good break in the second half, else the last sign that fits. */
function lastCut(
  signs: readonly string[],
  from: number,
  line: string,
  fits: (line: string) => boolean,
): { end: number; hyphen: boolean } | null {
  let text = line
  let good: number | null = null
  let last: { end: number; hyphen: boolean } | null = null

  for (let end = from + 1; end <= signs.length; end++) {
    text += signs[end - 1]!
    if (!fits(text)) break
    if (end === signs.length) return { end, hyphen: false }
    const left = signs[end - 1]!
    const right = signs[end]!
    if (breakAfter.test(left) || unspaced.test(left) || unspaced.test(right)) good = end
    const joins = letter.test(left) && letter.test(right)
    if (!joins) last = { end, hyphen: false }
    else if (fits(text + hyphen)) last = { end, hyphen: true }
  }
  if (good !== null && (last === null || good - from >= (last.end - from) / 3))
    return { end: good, hyphen: false }
  if (last) return last

  return line === '' ? { end: from + 1, hyphen: false } : null
}

/** Control and direction characters have no shape and could only disturb the lines; joiners belong to their letters. */
function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu, '')
}

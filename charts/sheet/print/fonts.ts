import { isInvisible } from '../layout/measure-by-table.ts'
import type { FontName, MeasureText } from '../layout/sheet-layout.ts'
import { type Family, type FontFile, fileFor } from './font-files.ts'

const families: Record<FontName, Family & { weight: 400 | 600 }> = {
  title: { name: '@fontsource/source-serif-4', weight: 600 },
  subtitle: { name: '@fontsource/source-serif-4', weight: 400 },
  mono: { name: '@fontsource/ibm-plex-mono', weight: 400 },
  text: { name: '@fontsource/inter', weight: 400 },
  strong: { name: '@fontsource/inter', weight: 600 },
}

/** For what neither a family nor Inter holds: other alphabets, then signs, then Han with the shapes of Japan first, then emoji. */
const fallbacks: readonly Family[] = [
  { name: '@fontsource-variable/noto-sans-arabic', weight: 'wght' },
  { name: '@fontsource/noto-sans-hebrew', weight: 400 },
  { name: '@fontsource-variable/noto-sans-devanagari', weight: 'wght' },
  { name: '@fontsource-variable/noto-sans-thai', weight: 'wght' },
  { name: '@fontsource/noto-sans-symbols-2', weight: 400 },
  { name: '@fontsource-variable/noto-sans-jp', weight: 'wght' },
  { name: '@fontsource-variable/noto-sans-sc', weight: 'wght' },
  { name: '@fontsource-variable/noto-sans-kr', weight: 'wght' },
  { name: '@fontsource-variable/noto-emoji', weight: 'wght' },
]

const chosen = new Map<string, FontFile>()

/** The font file that holds a character: of its own family, else of a fallback, else its own with the sign for "no glyph". */
export function fontFor(character: string, name: FontName): FontFile {
  const key = `${name} ${character}`
  let file = chosen.get(key)
  if (!file) {
    const code = character.codePointAt(0)!
    file = baseFont(name)
    const own = families[name]
    for (const family of [own, { name: '@fontsource/inter', weight: own.weight }, ...fallbacks]) {
      const found = fileFor(family, code)
      if (!found) continue
      file = found
      break
    }
    chosen.set(key, file)
  }

  return file
}

/** The file with the Latin letters of a family. */
const baseFont = (name: FontName): FontFile => fileFor(families[name], 0x41)!

const advances = new Map<string, number>()

/** Advance of one character in em. */
function advance(character: string, name: FontName): number {
  const key = `${name} ${character}`
  let value = advances.get(key)
  if (value === undefined) {
    const { font } = fontFor(character, name)
    value = isInvisible(character)
      ? 0
      : font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth / font.unitsPerEm
    advances.set(key, value)
  }

  return value
}

/** Sum of the advances in the shipped fonts, any script they know. Without kerning, so that no order of words matters. */
export const measureByFont: MeasureText = (text, font, size) => {
  let width = 0
  for (const character of text) width += advance(character, font)

  return width * size
}

/** Ascent and descent of the family in em; they place the baseline in its line. */
export function metricsOf(name: FontName): { ascent: number; descent: number } {
  const { font } = baseFont(name)

  return { ascent: font.ascent / font.unitsPerEm, descent: -font.descent / font.unitsPerEm }
}

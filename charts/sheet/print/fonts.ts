import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import { isInvisible } from '../layout/measure-by-table.ts'
import type { FontName, Measure } from '../layout/sheet-layout.ts'
import { sfntOf } from './sfnt.ts'

const scripts = [
  'latin',
  'latin-ext',
  'greek',
  'greek-ext',
  'cyrillic',
  'cyrillic-ext',
  'vietnamese',
] as const
type Script = (typeof scripts)[number]

interface Face {
  family: string
  weight: 400 | 600
  scripts: readonly Script[]
}

const faces: Record<FontName, Face> = {
  title: {
    family: 'source-serif-4',
    weight: 600,
    scripts: scripts.filter((script) => script !== 'greek-ext'),
  },
  subtitle: {
    family: 'source-serif-4',
    weight: 400,
    scripts: scripts.filter((script) => script !== 'greek-ext'),
  },
  mono: {
    family: 'ibm-plex-mono',
    weight: 400,
    scripts: scripts.filter((script) => !script.startsWith('greek')),
  },
  text: { family: 'inter', weight: 400, scripts },
  strong: { family: 'inter', weight: 600, scripts },
}

// Not called `require`: a bundler would follow it and try to swallow every font file.
const here = createRequire(import.meta.url)
const loaded = new Map<string, Font>()

function load(family: string, script: Script, weight: number): Font {
  const name = `@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`
  let font = loaded.get(name)
  if (!font) {
    font = create(sfntOf(readFileSync(here.resolve(/* turbopackIgnore: true */ name)))) as Font
    loaded.set(name, font)
  }

  return font
}

const chosen = new Map<string, Font>()

/** The font file that holds a character: one of its own family, else one of Inter, else its own with the sign for "no glyph". */
export function fontFor(character: string, name: FontName): Font {
  const key = `${name} ${character}`
  const known = chosen.get(key)
  if (known) return known

  const code = character.codePointAt(0)!
  const { family, weight, scripts: own } = faces[name]
  const files = [
    ...own.map((script) => () => load(family, script, weight)),
    ...scripts.map((script) => () => load('inter', script, weight)),
  ]
  let font = files[0]!()
  for (const file of files) {
    const candidate = file()
    if (!candidate.hasGlyphForCodePoint(code)) continue
    font = candidate
    break
  }
  chosen.set(key, font)

  return font
}

const advances = new Map<string, number>()

/** Advance of one character in em. */
function advance(character: string, name: FontName): number {
  const key = `${name} ${character}`
  let value = advances.get(key)
  if (value === undefined) {
    const font = fontFor(character, name)
    value = isInvisible(character)
      ? 0
      : font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth / font.unitsPerEm
    advances.set(key, value)
  }

  return value
}

/** Sum of the advances in the shipped fonts, any script they know. Without kerning, so that no order of words matters. */
export const measureByFont: Measure = (text, font, size) => {
  let width = 0
  for (const character of text) width += advance(character, font)

  return width * size
}

/** Ascent and descent of the family in em; they place the baseline in its line. */
export function metricsOf(name: FontName): { ascent: number; descent: number } {
  const { family, weight } = faces[name]
  const font = load(family, 'latin', weight)

  return { ascent: font.ascent / font.unitsPerEm, descent: -font.descent / font.unitsPerEm }
}

import bidiFactory from 'bidi-js'
import { isInvisible } from '../layout/measure-by-table.ts'
import type { FontName, TextBox } from '../layout/sheet-layout.ts'
import type { FontFile } from './font-files.ts'
import { fontFor, measureByFont, metricsOf } from './fonts.ts'

const bidi = bidiFactory()

/** A stretch of a line that one font file sets in one direction, in the order of the eye. */
export interface Run {
  file: FontFile
  /** In the order of reading. */
  text: string
  isRightToLeft: boolean
  /** From the left edge of the line, in em. */
  x: number
  /** In em. */
  width: number
  glyphs: { id: number; path: () => string; x: number; y: number }[]
}

export interface ShapedLine {
  /** In em. */
  width: number
  runs: Run[]
}

/** A line of a box: its glyphs, and where its baseline starts in pixels of the page. */
export interface PlacedLine extends ShapedLine {
  x: number
  baseline: number
}

interface Stretch {
  file: FontFile
  text: string
  /** With brackets turned round where the text runs to the left. */
  shown: string
  /** Of embedding; odd ones run to the left. */
  level: number
}

/** Letters, kerned and joined as their script asks for, in the order in which the eye meets them (Unicode UAX 9). */
export function shapeLine(line: string, name: FontName): ShapedLine {
  const { levels } = bidi.getEmbeddingLevels(line, 'auto')
  const mirrored = bidi.getMirroredCharactersMap(line, levels)
  const stretches: Stretch[] = []
  for (let at = 0; at < line.length; ) {
    const character = String.fromCodePoint(line.codePointAt(at)!)
    const level = levels[at]!
    const last = stretches.at(-1)
    // Marks and joiners belong to the letter before them, whatever other font knows them too.
    const isBound = isInvisible(character) || /\p{M}/u.test(character)
    const holds = (file: FontFile) => file.font.hasGlyphForCodePoint(character.codePointAt(0)!)
    const shown = mirrored.get(at) ?? character
    at += character.length
    if (isBound && last && holds(last.file)) {
      last.text += character
      last.shown += character
      continue
    }
    if (isInvisible(character)) continue
    const file = fontFor(shown, name)
    if (last?.file === file && last.level === level) {
      last.text += character
      last.shown += shown
    } else stretches.push({ file, text: character, shown, level })
  }

  let x = 0
  const runs = inOrderOfTheEye(stretches).map((stretch) => {
    const run = { ...shapeRun(stretch, name), x }
    x += run.width

    return run
  })

  return { width: x, runs }
}

/** The lines of a box with their places on the page. */
export function placeLines(box: TextBox): PlacedLine[] {
  const { ascent, descent } = metricsOf(box.font)

  return box.lines.map((line, i) => {
    const shaped = shapeLine(line, box.font)
    const free = box.width - shaped.width * box.size
    const top = box.y + i * box.lineHeight

    return {
      ...shaped,
      x: box.x + (box.align === 'right' ? free : box.align === 'centre' ? free / 2 : 0),
      baseline: top + (box.lineHeight - (ascent + descent) * box.size) / 2 + ascent * box.size,
    }
  })
}

/** UAX 9, rule L2: from the deepest level up, every sequence of stretches at that level or deeper is turned round. */
function inOrderOfTheEye<T extends { level: number }>(stretches: readonly T[]): T[] {
  const order = [...stretches]
  const deepest = Math.max(0, ...order.map(({ level }) => level))
  for (let level = deepest; level > 0; level--)
    for (let from = 0; from < order.length; from++) {
      let to = from
      while (to < order.length && order[to]!.level >= level) to++
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).reverse())
      from = to
    }

  return order
}

/** Kerned, and without ligatures: values are read letter by letter. */
export const letterFeatures = { calt: false, liga: false, clig: false, kern: true }

function shapeRun({ file, text, shown, level }: Stretch, name: FontName): Omit<Run, 'x'> {
  const { font } = file
  const isRightToLeft = level % 2 === 1
  const { glyphs, positions } = font.layout(
    shown,
    letterFeatures,
    undefined,
    undefined,
    isRightToLeft ? 'rtl' : 'ltr',
  )
  let at = 0
  const placed = glyphs.map((glyph, i) => {
    const position = positions[i]!
    const x = (at + position.xOffset) / font.unitsPerEm
    at += position.xAdvance

    return { id: glyph.id, path: () => file.draw(glyph.id), x, y: position.yOffset / font.unitsPerEm }
  })
  // Kerning may only tighten: the layout has reserved the plain advances.
  const reserved = measureByFont(text, name, 1)
  const width = at / font.unitsPerEm
  const common = { file, text, isRightToLeft }
  if (width <= reserved) return { ...common, width, glyphs: placed }

  return {
    ...common,
    width: reserved,
    glyphs: placed.map((glyph) => ({ ...glyph, x: (glyph.x * reserved) / width })),
  }
}

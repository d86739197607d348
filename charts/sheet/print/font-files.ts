import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'
import { outlinesOf } from './outlines-of.ts'
import { sfntOf } from './sfnt.ts'

/** A family of the bundled fonts: many small files, each for some characters. */
export interface Family {
  /** npm package. */
  name: string
  /** A fixed weight, or `wght` for a file that holds all of them. */
  weight: 400 | 600 | 'wght'
}

/** One file of a family. */
export interface FontFile {
  /** Stable name, such as `inter-latin-400`. */
  key: string
  path: string
  font: Font
  weight: number
  /** Path of a glyph in units of the font, y upwards. */
  draw: (glyph: number) => string
  /** The file as TrueType; null for one of several weights, which only WOFF 2 holds. */
  sfnt: Buffer | null
}

// Not called `require`: a bundler would follow it and try to swallow every font file.
const here = createRequire(import.meta.url)
const path = (name: string) => here.resolve(/* turbopackIgnore: true */ name)

interface Subset {
  key: string
  has: (code: number) => boolean
}

const subsets = new Map<string, Subset[]>()

/** The files of a family and the characters each is for, as its package says. */
function subsetsOf({ name }: Family): Subset[] {
  let list = subsets.get(name)
  if (!list) {
    const ranges = JSON.parse(readFileSync(path(`${name}/unicode.json`), 'utf8')) as Record<string, string>
    list = Object.entries(ranges).map(([key, text]) => ({
      key: key.replace(/[[\]]/g, ''),
      has: within(text),
    }))
    subsets.set(name, list)
  }

  return list
}

/** Reads a CSS `unicode-range`: `U+41-5a,U+61`. */
function within(text: string): (code: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const [from, to] = part
      .trim()
      .slice(2)
      .split('-')
      .map((hex) => Number.parseInt(hex, 16))

    return [from!, to ?? from!] as const
  })

  return (code) => ranges.some(([from, to]) => code >= from && code <= to)
}

const loaded = new Map<string, FontFile>()

function load(family: Family, subset: string): FontFile {
  const base = family.name.split('/')[1]!
  const key = `${base}-${subset}-${family.weight}`
  let file = loaded.get(key)
  if (!file) {
    const isVariable = family.weight === 'wght'
    const where = path(`${family.name}/files/${key}-normal.${isVariable ? 'woff2' : 'woff'}`)
    const bytes = readFileSync(where)
    const sfnt = isVariable ? null : sfntOf(bytes)
    const font = create(sfnt ?? bytes) as Font
    file = {
      key,
      path: where,
      font,
      weight: isVariable ? 400 : (family.weight as number),
      sfnt,
      draw: outlinesOf(font, isVariable),
    }
    loaded.set(key, file)
  }

  return file
}

/** The file of a family that holds a character, null if none does. */
export function fileFor(family: Family, code: number): FontFile | null {
  for (const subset of subsetsOf(family)) {
    if (!subset.has(code)) continue
    const file = load(family, subset.key)
    if (file.font.hasGlyphForCodePoint(code)) return file
  }

  return null
}

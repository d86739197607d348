import { type PackInfo, type Recipe, writeSettings } from '#study'
import { pictureKeyword, settingsKeyword, signature, textChunk } from './png-chunks.ts'
import { readPngTexts } from './png-texts.ts'

export interface PictureRecipe {
  recipe: Recipe
  renderKey: string
  pack: Pick<PackInfo, 'name' | 'hash'>
  study?: { id: string; title: string }
}

/** The end of every PNG: IEND with nothing in it. */
const endLength = 12

/**
 * A single picture that says how it was made: its recipe as the settings file Disco Diffusion itself would write, and
 * which render of which pack it is. Pixels and all other bytes stay as they are; other formats than PNG go through.
 */
export function pictureWithRecipe(bytes: Uint8Array, { recipe, ...origin }: PictureRecipe): Uint8Array {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!png.subarray(0, 8).equals(signature)) return bytes
  const end = png.length - endLength

  return Buffer.concat([
    png.subarray(0, end),
    textChunk(settingsKeyword, writeSettings(recipe)),
    textChunk(pictureKeyword, JSON.stringify(origin)),
    png.subarray(end),
  ])
}

/** The Disco Diffusion settings inside a single picture, null where there are none. */
export function settingsOfPicture(png: Uint8Array): string | null {
  return readPngTexts(png, [settingsKeyword]).get(settingsKeyword) ?? null
}

/** The picture as it was before its recipe was put in. */
export function pictureWithoutRecipe(bytes: Uint8Array): Uint8Array {
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const marks = [settingsKeyword, pictureKeyword].map((keyword) => Buffer.from(`iTXt${keyword}\0`, 'latin1'))
  const first = Math.min(...marks.map((mark) => png.lastIndexOf(mark)).filter((at) => at > 0))

  return Number.isFinite(first)
    ? Buffer.concat([png.subarray(0, first - 4), png.subarray(png.length - endLength)])
    : bytes
}

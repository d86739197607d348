import { advances, firstCode } from './advances.ts'
import type { MeasureText } from './sheet-layout.ts'

/**
 * Measures with the advances of the bundled fonts for Latin text, and with a guess for other scripts: what a
 * forecast needs where no font file can be read. `measureByFont` gives the same widths for the same Latin text.
 */
export const measureByTable: MeasureText = (text, font, size) => {
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    width += advances[font][code - firstCode] ?? (isInvisible(character) ? 0 : code >= 0x2e80 ? 1 : 0.65)
  }

  return width * size
}

/** Joiners and selectors that shape their neighbours and have no width of their own. */
export const isInvisible = (character: string) => /^(?:\p{Cf}|\p{Variation_Selector})$/u.test(character)

import { expect, test } from 'vitest'
import { measureByFont } from '../print/fonts.ts'
import { fontNames } from './font-names.ts'
import { measureByTable } from './measure-by-table.ts'

test('the table of advances is that of the bundled fonts', () => {
  for (const font of fontNames)
    for (let code = 0x20; code < 0x180; code++) {
      const character = String.fromCodePoint(code)
      if (code >= 0x7f && code < 0xa0) continue
      expect(measureByTable(character, font, 1000), `${font} ${character}`).toBeCloseTo(
        measureByFont(character, font, 1000),
        6,
      )
    }
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureByFont } from '../print/fonts.ts'
import { boxesOf, documents, overlap } from './layout.testing.ts'
import { layoutSheet } from './layout-sheet.ts'
import { measureByTable } from './measure-by-table.ts'
import type { MeasureText } from './sheet-layout.ts'

describe('the layout of a sheet, whatever is written on it', () => {
  const cases: [string, MeasureText][] = [
    ['with the widths of the forecast', measureByTable],
    ['with the widths of the fonts', measureByFont],
  ]
  test.each(cases)('overlaps nothing and keeps everything on the page, %s', (_, measure) => {
    fc.assert(
      fc.property(documents, (document) => {
        const layout = layoutSheet(document, measure)
        for (const box of boxesOf(layout)) {
          expect(
            Object.values({ x: box.x, y: box.y, w: box.width, h: box.height }).every(Number.isInteger),
          ).toBe(true)
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.y).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(layout.width)
          expect(box.y + box.height).toBeLessThanOrEqual(layout.height)
        }
        expect(overlap(boxesOf(layout))).toBeNull()
      }),
      { numRuns: 30, seed: 4 },
    )
  })

  test('breaks text into lines that fit, and loses no letter of it', () => {
    const letters = (text: string) => text.replace(/[\s\p{Cc}\p{Cf}-]/gu, '')
    fc.assert(
      fc.property(documents, (document) => {
        const layout = layoutSheet(document, measureByTable)
        for (const box of layout.texts) {
          expect(box.height).toBe(box.lines.length * box.lineHeight)
          for (const line of box.lines)
            if ([...line].length > 4)
              expect(measureByTable(line, box.font, box.size)).toBeLessThanOrEqual(box.width)
        }
        const said = layout.texts.map((box) => letters(box.lines.join('')))
        for (const { name, value } of document.conditions.entries) {
          expect(said).toContain(letters(name))
          expect(said).toContain(letters(value))
        }
        const labels = document.blocks.flatMap((block) =>
          [...block.columnBands, ...block.rowBands].flatMap((band) =>
            band.labels.map(({ text }) => letters(text)),
          ),
        )
        const printed = layout.texts
          .filter((box) => box.role === 'label')
          .map((box) => letters(box.lines.join('')))
        expect(printed.toSorted()).toEqual(labels.toSorted())
      }),
      { numRuns: 40, seed: 5 },
    )
  })
})

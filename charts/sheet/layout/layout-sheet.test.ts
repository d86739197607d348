import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureByFont } from '../print/fonts.ts'
import type { SheetBlock, SheetDocument } from '../sheet-document.ts'
import { layoutSheet } from './layout-sheet.ts'
import { measureByTable } from './measure-by-table.ts'
import type { Box, Measure, SheetLayout } from './sheet-layout.ts'

const hostile = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.stringMatching(/^[a-z_]{1,30}$/),
  fc.double({ noNaN: true }).map(String),
  fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  fc.constantFrom(
    'مرحبا بالعالم',
    '風神雷神図屏風'.repeat(9),
    '👩‍👩‍👧‍👦🏳️‍🌈',
    'W'.repeat(200),
    'a b\tc\nd',
    'ΑΒΓ ДЖЙ ěščř',
    ' ',
  ),
)
const prompt = fc
  .array(fc.stringMatching(/^[a-z,]{1,14}$/), { minLength: 25, maxLength: 40 })
  .map((words) => words.join(' ').slice(0, 200))
const label = fc.oneof({ weight: 4, arbitrary: hostile }, { weight: 1, arbitrary: prompt })

/** Axes of one side as bands, outermost first. */
const side = (max: number) =>
  fc
    .array(fc.tuple(hostile, fc.array(label, { minLength: 1, maxLength: max })), { maxLength: 2 })
    .map((axes) => {
      const count = axes.reduce((product, [, labels]) => product * labels.length, 1)
      let repeats = 1
      const bands = axes.map(([name, labels]) => {
        const groups = repeats * labels.length
        const span = count / groups
        const all = Array.from({ length: groups }, (_, i) => ({
          text: labels[i % labels.length]!,
          from: i * span,
          span,
        }))
        repeats = groups

        return { name, labels: all }
      })

      return { bands, count }
    })

const documents: fc.Arbitrary<SheetDocument> = fc
  .record({
    title: fc.oneof(hostile, prompt),
    subtitle: fc.array(hostile, { maxLength: 3 }),
    columns: side(6),
    rows: side(4),
    headings: fc.array(fc.array(fc.record({ name: hostile, label }), { maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    cell: fc.record({
      width: fc.integer({ min: 8, max: 1300 }),
      height: fc.integer({ min: 8, max: 800 }),
      kernel: fc.constant('nearest' as const),
    }),
    entries: fc.array(fc.record({ name: hostile, value: label }), { maxLength: 16 }),
    legend: fc.array(fc.record({ state: fc.constant('failed' as const), text: label }), { maxLength: 2 }),
    lines: fc.array(label, { minLength: 1, maxLength: 3 }),
    qrSize: fc.integer({ min: 21, max: 57 }),
  })
  .map(({ columns, rows, headings, entries, lines, qrSize, ...rest }) => ({
    ...rest,
    blocks: headings.map(
      (heading): SheetBlock => ({
        heading,
        columnBands: columns.bands,
        rowBands: rows.bands,
        cells: Array.from({ length: rows.count }, (_, r) =>
          Array.from({ length: columns.count }, (_, c) => ({
            seq: r * columns.count + c,
            state: 'queued' as const,
            image: null,
            error: null,
          })),
        ),
      }),
    ),
    conditions: { heading: 'Everything else', entries },
    footer: { lines, qr: { size: qrSize, modules: new Uint8Array(qrSize * qrSize) } },
  }))

const boxesOf = (layout: SheetLayout): Box[] => [
  ...layout.texts,
  ...layout.cells,
  ...layout.fills,
  ...layout.swatches,
  layout.qr,
]

/** The first two boxes that share a pixel. A sweep from the top: only neighbours in height are compared. */
function overlap(boxes: Box[]): [Box, Box] | null {
  const sorted = [...boxes].sort((a, b) => a.y - b.y)
  for (const [i, box] of sorted.entries())
    for (let j = i + 1; j < sorted.length && sorted[j]!.y < box.y + box.height; j++) {
      const other = sorted[j]!
      if (other.x < box.x + box.width && box.x < other.x + other.width) return [box, other]
    }

  return null
}

describe('the layout of a sheet, whatever is written on it', () => {
  const cases: [string, Measure][] = [
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
      { numRuns: 150, seed: 4 },
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
      { numRuns: 80, seed: 5 },
    )
  })
})

import fc from 'fast-check'
import type { SheetBlock, SheetDocument } from '../sheet-document.ts'
import type { Box, SheetLayout } from './sheet-layout.ts'

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

/** Sheets on which anything may be written. */
export const documents: fc.Arbitrary<SheetDocument> = fc
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
    }),
    entries: fc.array(fc.record({ name: hostile, value: label }), { maxLength: 16 }),
    legend: fc.array(fc.record({ state: fc.constant('failed' as const), text: label }), { maxLength: 2 }),
    lines: fc.array(label, { minLength: 1, maxLength: 3 }),
    qrSize: fc.integer({ min: 21, max: 57 }),
  })
  .map(({ columns, rows, headings, entries, lines, qrSize, cell, ...rest }) => ({
    ...rest,
    pictures: { picture: cell, cell, kernel: 'nearest' as const },
    blocks: headings.map(
      (heading, page): SheetBlock => ({
        page,
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

/** Everything that takes room on a page. */
export const boxesOf = (layout: SheetLayout): Box[] => [
  ...layout.texts,
  ...layout.cells,
  ...layout.fills,
  ...layout.swatches,
  ...layout.curves,
  ...(layout.qr ? [layout.qr] : []),
]

/** The first two boxes that share a pixel. A sweep from the top: only neighbours in height are compared. */
export function overlap(boxes: Box[]): [Box, Box] | null {
  const sorted = [...boxes].sort((a, b) => a.y - b.y)
  for (const [i, box] of sorted.entries())
    for (let j = i + 1; j < sorted.length && sorted[j]!.y < box.y + box.height; j++) {
      const other = sorted[j]!
      if (other.x < box.x + box.width && box.x < other.x + other.width) return [box, other]
    }

  return null
}

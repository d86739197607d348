import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeSheet } from '../compose-sheet.ts'
import type { SheetOptions } from '../sheet-options.ts'
import { sizeNames, sizePresets } from '../sizes.ts'
import { doneCells, testStudy } from '../testing.ts'
import { boxesOf, documents, overlap } from './layout.testing.ts'
import { layoutPages } from './layout-pages.ts'
import { measureByTable } from './measure-by-table.ts'
import type { SheetLayout } from './sheet-layout.ts'

const pagesOf = (
  axes: string[],
  options: Partial<SheetOptions> = {},
  more: Parameters<typeof testStudy>[0] = {},
) => {
  const { study, plan } = testStudy({ axes, ...more })

  return composeSheet({ study, plan, cells: doneCells(plan), options: { theme: 'light', ...options } }).pages
}
const widths = (pages: SheetLayout[]) => pages.map(({ width, height }) => [width, height])

describe('a page of a chosen size, whatever is written on it', () => {
  const choices = fc.record({
    size: fc.constantFrom(...sizeNames),
    pages: fc.constantFrom('together' as const, 'apart' as const),
    cropMarks: fc.boolean(),
  })

  test('overlaps nothing, keeps everything on it, shows every cell once, and is larger only if it says so', () => {
    fc.assert(
      fc.property(documents, choices, (document, options) => {
        const pages = layoutPages(document, measureByTable, options)
        const cells = document.blocks.flatMap((block) => block.cells.flat()).length
        expect(pages.flatMap((page) => page.cells)).toHaveLength(cells)
        expect(pages.at(-1)!.qr).not.toBeNull()
        const preset = sizePresets[options.size]
        for (const page of pages) {
          expect(overlap(boxesOf(page))).toBeNull()
          for (const box of boxesOf(page)) {
            expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
            expect(box.x + box.width).toBeLessThanOrEqual(page.width)
            expect(box.y + box.height).toBeLessThanOrEqual(page.height)
          }
          if (page.problem || preset.width === null || options.cropMarks) continue
          const sides = [page.width, page.height].sort((a, b) => a - b)
          if (preset.height === null) expect(page.width).toBe(preset.width)
          else expect(sides).toEqual([preset.width, preset.height].sort((a, b) => a - b))
        }
      }),
      { numRuns: 12, seed: 6 },
    )
  })

  test('is read from top to bottom: title, headers, cells, conditions, footer', () => {
    const order = ['title', 'subtitle', 'name', 'label', 'legend', 'condition', 'footer']
    const [page] = pagesOf(['eta 0, 0.5, 1', 'tv_scale 0, 100'], { size: 'portrait' })
    const tops = order.map((role) =>
      Math.min(...page!.texts.filter((box) => box.role === role).map((box) => box.y)),
    )
    const present = tops.filter(Number.isFinite)

    expect(present).toEqual(present.toSorted((a, b) => a - b))
    const cellTop = Math.min(...page!.cells.map((cell) => cell.y))
    expect(tops[2]).toBeLessThan(cellTop)
    expect(tops[5]).toBeGreaterThan(Math.max(...page!.cells.map((cell) => cell.y + cell.height)) - 1)
    const seqs = page!.cells.map((cell) => [cell.y, cell.x])
    expect(seqs).toEqual(seqs.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!))
  })
})

describe('pages', () => {
  test('have the size that was asked for, and cells in whole multiples of their pictures', () => {
    const axes = ['eta 0, 0.5, 1', 'tv_scale 0, 100']
    expect(widths(pagesOf(axes, { size: '2048' }))[0]![0]).toBe(2048)
    expect(widths(pagesOf(axes, { size: 'square' }))).toEqual([[1080, 1080]])
    expect(widths(pagesOf(axes, { size: 'a4', orientation: 'landscape' }))).toEqual([[3508, 2480]])
    for (const size of ['2048', '4096', 'a4', 'poster'] as const)
      expect(pagesOf(axes, { size })[0]!.cells[0]!.width % 64).toBe(0)
    expect(pagesOf(axes, { size: '4096', enlarge: 'never' })[0]!.cells[0]!.width).toBe(64)
  })

  test('of paper are as many as it takes, with headers on each and the foot on the last', () => {
    const pages = pagesOf(['eta 0 .. 1 count 40', 'seed seeds 30 from 1'], { size: 'a4' })
    const labels = (page: SheetLayout) =>
      page.texts.filter((box) => box.role === 'label').map((box) => box.lines.join(''))

    expect(pages.length).toBeGreaterThan(2)
    expect(new Set(pages.flatMap(labels)).size).toBeGreaterThanOrEqual(69)
    expect(
      pages
        .flatMap((page) => page.cells)
        .map((cell) => cell.seq)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 1200 }, (_, i) => i))
    expect(pages.map(({ qr }) => qr !== null)).toEqual(pages.map((_, i) => i === pages.length - 1))
    expect(pages[1]!.texts[0]!.lines.join(' ')).toBe(`A study · page 2 of ${pages.length}`)
    for (const page of pages) expect(page.cells[0]!.width).toBeGreaterThanOrEqual(64)
  })

  test('each stand for a point of an axis on pages, where they are wanted apart', () => {
    const more = { view: { columns: [0], rows: [], pages: [1] } }
    expect(pagesOf(['eta 0, 1', 'seed seeds 3 from 1'], {}, more)).toHaveLength(1)
    const apart = pagesOf(['eta 0, 1', 'seed seeds 3 from 1'], { pages: 'apart' }, more)
    expect(apart.map((page) => page.cells.map((cell) => cell.seq))).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ])
    for (const page of apart) expect(page.qr).not.toBeNull()
  })

  test('with crop marks are larger by bleed and marks, and nothing else moves', () => {
    const [plain] = pagesOf(['eta 0, 1'], { size: 'a4' })
    const [marked] = pagesOf(['eta 0, 1'], { size: 'a4', cropMarks: true })
    const rim = (marked!.width - plain!.width) / 2

    expect(rim).toBe(94)
    expect(marked!.fills.filter(({ kind }) => kind === 'cut')).toHaveLength(8)
    expect(marked!.cells[0]!.x - plain!.cells[0]!.x).toBe(rim)
    expect(plain!.fills.some(({ kind }) => kind === 'cut')).toBe(false)
  })
})

describe('what is hard to show', () => {
  test('60 columns and one row are one wide picture, several sheets of paper, and too much for a square', () => {
    const axes = ['eta 0 .. 1 count 60']
    const [wide] = pagesOf(axes)
    expect(wide!.width).toBeGreaterThan(60 * 256)
    expect(wide!.problem).toBeUndefined()
    expect(pagesOf(axes, { size: 'a4' }).length).toBeGreaterThan(1)
    expect(pagesOf(axes, { size: 'square' })[0]!.problem).toMatch(/needs at least .* "Post, square"/)
    expect(pagesOf(axes, { size: 'square', pages: 'apart' }).length).toBeGreaterThan(1)
  })

  test('values of 300 characters are printed in full', () => {
    const value = 'a lighthouse '.repeat(23).trim()
    const [page] = pagesOf([`text_prompts ["${value}"] | ["fog"]`])
    expect(page!.texts.map((box) => box.lines.join(' ')).join(' ')).toContain(value.slice(0, 60))
    expect(overlap(boxesOf(page!))).toBeNull()
  })

  test('a study without axes is one cell; one of no cells at all has a page that says the rest', () => {
    expect(pagesOf([])[0]!.cells).toHaveLength(1)
    const { document } = composeSheet({ ...testStudy({}), cells: [], options: { theme: 'light' } })
    const empty = {
      ...document,
      blocks: [{ ...document.blocks[0]!, columnBands: [], rowBands: [], cells: [] }],
    }
    for (const size of sizeNames) {
      const [page] = layoutPages(empty, measureByTable, { size })
      expect(page!.cells).toHaveLength(0)
      expect(page!.qr).not.toBeNull()
    }
  })

  test('pictures of different sizes share cells that hold the largest', () => {
    const [page] = pagesOf(['width_height 64x64 | 128x64 | 64x192'])
    expect(page!.cells.map(({ width, height }) => [width, height])).toEqual(Array(3).fill([256, 384]))
  })
})

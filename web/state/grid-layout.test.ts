import { expect, test } from 'vitest'
import {
  cellLeft,
  cellTop,
  columnAt,
  contentWidth,
  fittingSize,
  type GridLayout,
  rowAt,
  shownPart,
  visible,
} from './grid-layout.ts'

const layout: GridLayout = {
  columns: 1000,
  rows: 100,
  cellWidth: 94,
  cellHeight: 94,
  gap: 6,
  headWidth: 80,
  headHeight: 40,
  blockColumns: 1000,
  blockRows: 100,
  blockGap: 0,
  blockHead: 0,
}

test('only what the window shows is drawn, with a few spare', () => {
  expect(visible(layout, { left: 0, top: 0, width: 1080, height: 840 })).toEqual({
    columns: [0, 14],
    rows: [0, 12],
  })
  expect(visible(layout, { left: 50_000, top: 9_500, width: 1080, height: 840 })).toEqual({
    columns: [497, 514],
    rows: [92, 100],
  })
  expect(contentWidth(layout)).toBe(80 + 1000 * 100 - 6)
})

test('a window smaller than the headers, or scrolled past the end, asks for nothing strange', () => {
  const { columns, rows } = visible(layout, { left: 1e9, top: 0, width: 10, height: 10 })
  expect(columns[0]).toBeLessThanOrEqual(columns[1])
  expect(columns[1]).toBeLessThanOrEqual(1_000_000_000)
  expect(rows).toEqual([0, 4])
})

test('a small sheet is fitted whole, a large one by its columns, a very large one as an overview', () => {
  const window = { width: 1000, height: 760, ratio: 1 }
  expect(fittingSize({ columns: 4, rows: 4, ...window })).toBe(184)
  expect(fittingSize({ columns: 2, rows: 2, ...window })).toBe(320)
  expect(fittingSize({ columns: 8, rows: 50, ...window })).toBe(119)
  expect(fittingSize({ columns: 500, rows: 2, ...window })).toBe(48)
  const size = fittingSize({ columns: 400, rows: 250, ...window })
  expect(size).toBeGreaterThan(2.3)
  expect(size * 400).toBeLessThanOrEqual(1000)
  expect(fittingSize({ columns: 50, rows: 2000, ...window })).toBeGreaterThan(15)
})

test('groups stand apart, and every place is found from its pixels', () => {
  const groups: GridLayout = {
    ...{ columns: 6, rows: 4, cellWidth: 50, cellHeight: 50, gap: 6, headWidth: 0, headHeight: 0 },
    ...{ blockColumns: 3, blockRows: 2, blockGap: 26, blockHead: 24 },
  }
  expect(cellLeft(groups, 3)).toBe(3 * 56 + 26)
  expect(cellTop(groups, 2)).toBe(24 + 2 * 56 + 26 + 24)
  for (let column = 0; column < 6; column++)
    expect(columnAt(groups, cellLeft(groups, column) + 25)).toBe(column)
  for (let row = 0; row < 4; row++) expect(rowAt(groups, cellTop(groups, row) + 25)).toBe(row)
  expect(contentWidth(groups)).toBe(cellLeft(groups, 5) + 50)
})

test('the part in view is told in shares of the cells', () => {
  expect(shownPart(layout, { left: 0, top: 0, width: 2e6, height: 2e6 })).toEqual({
    left: 0,
    top: 0,
    right: 1,
    bottom: 1,
  })
  expect(shownPart(layout, { left: 50_000, top: 2_500, width: 1080, height: 1040 })).toEqual({
    left: 0.5,
    top: 0.25,
    right: 0.51,
    bottom: 0.35,
  })
})

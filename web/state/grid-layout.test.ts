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
  visibleCount,
  zoomedWindow,
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
    columns: [0, 12],
    rows: [0, 10],
  })
  expect(visible(layout, { left: 50_000, top: 9_500, width: 1080, height: 840 })).toEqual({
    columns: [499, 512],
    rows: [94, 100],
  })
  expect(contentWidth(layout)).toBe(80 + 1000 * 100 - 6)
})

test('what lies under the pointer stays there while the cells become larger and smaller', () => {
  const at = { x: 700, y: 300 }
  const under = (of: GridLayout, { left, top }: { left: number; top: number }) => ({
    column: columnAt(of, left + at.x - of.headWidth),
    row: rowAt(of, top + at.y - of.headHeight),
  })
  const window = { left: 40_000, top: 5_000, width: 1080, height: 840 }
  const far = { ...layout, cellWidth: 20, cellHeight: 20, gap: 2, headWidth: 120 }

  const zoomed = zoomedWindow(window, layout, far, at)
  expect(under(far, zoomed)).toEqual(under(layout, window))
  const back = zoomedWindow(zoomed, far, layout, at)
  expect(back.left).toBeCloseTo(window.left)
  expect(back.top).toBeCloseTo(window.top)
  // Nothing lies before the first cell.
  expect(zoomedWindow({ ...window, left: 0, top: 0 }, layout, far, at)).toMatchObject({ left: 0, top: 0 })
  expect(visibleCount(far, zoomed)).toBeGreaterThan(visibleCount(layout, window) * 10)
})

test('a window smaller than the headers, or scrolled past the end, asks for nothing strange', () => {
  const { columns, rows } = visible(layout, { left: 1e9, top: 0, width: 10, height: 10 })
  expect(columns[0]).toBeLessThanOrEqual(columns[1])
  expect(columns[1]).toBeLessThanOrEqual(1_000_000_000)
  expect(rows).toEqual([0, 2])
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

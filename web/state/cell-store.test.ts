import { expect, test, vi } from 'vitest'
import type { Progress, WireCell } from '../wire/study.ts'
import { CellStore, statusByte } from './cell-store.ts'

const progress: Progress = {
  status: 'running',
  counts: { cells: 4, excluded: 0, queued: 3, rendering: 1, done: 0, failed: 0 },
  perMinute: null,
  secondsLeft: null,
}
const cell = (seq: number, change: Partial<WireCell> = {}): WireCell => ({
  seq,
  coords: [seq],
  renderKey: `key ${seq}`,
  status: 'queued',
  image: null,
  width: null,
  height: null,
  step: null,
  of: null,
  error: null,
  seconds: null,
  device: null,
  metrics: null,
  reused: false,
  rating: null,
  mark: null,
  note: null,
  ...change,
})
const store = (cells: WireCell[]) => new CellStore({ size: 4, version: '1', progress, cells })
const frame = { version: '2', progress, cells: [], previews: [] }

test('a frame tells only those who watch a cell it touches', () => {
  const cells = store([cell(0), cell(1)])
  const [first, second] = [vi.fn(), vi.fn()]
  cells.watchCell(0, first)
  const leave = cells.watchCell(1, second)
  const before = cells.cell(1)

  cells.apply({ ...frame, cells: [cell(0, { status: 'done', image: 'abc' })] })
  expect(first).toHaveBeenCalledOnce()
  expect(second).not.toHaveBeenCalled()
  expect(cells.cell(0)?.cell.image).toBe('abc')
  expect(cells.cell(1)).toBe(before)
  expect(cells.status[0]).toBe(statusByte.done)
  expect(cells.version).toBe('2')

  leave()
  cells.apply({ ...frame, cells: [cell(1, { status: 'done' })] })
  expect(second).not.toHaveBeenCalled()
})

test('a preview shows in every cell that shares the render, until the picture is done', () => {
  const shared = { renderKey: 'same', status: 'rendering' as const }
  const cells = store([cell(0, shared), cell(1, shared), cell(2)])

  cells.apply({ ...frame, previews: [{ renderKey: 'same', step: 3, of: 25, webp: 'AAAA' }] })
  expect(cells.cell(0)?.preview).toEqual({ step: 3, of: 25, url: 'data:image/webp;base64,AAAA' })
  expect(cells.cell(1)?.preview?.step).toBe(3)
  expect(cells.cell(2)?.preview).toBeNull()

  cells.apply({ ...frame, previews: [{ renderKey: 'same', step: 4, of: 25, webp: null }] })
  expect(cells.cell(0)?.preview).toEqual({ step: 4, of: 25, url: 'data:image/webp;base64,AAAA' })

  cells.apply({ ...frame, cells: [cell(0, { renderKey: 'same', status: 'rendering', step: 5 })] })
  expect(cells.cell(0)?.preview?.step).toBe(4)

  cells.apply({ ...frame, cells: [cell(0, { renderKey: 'same', status: 'done', image: 'abc' })] })
  expect(cells.cell(0)?.preview).toBeNull()
})

test('a cell whose recipe was edited no longer follows its old render', () => {
  const cells = store([cell(0, { renderKey: 'old', status: 'rendering' })])
  cells.apply({ ...frame, cells: [cell(0, { renderKey: 'new', status: 'rendering' })] })
  cells.apply({ ...frame, previews: [{ renderKey: 'old', step: 9, of: 25, webp: 'AAAA' }] })
  expect(cells.cell(0)?.preview).toBeNull()
})

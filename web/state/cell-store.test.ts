import { describe, expect, test, vi } from 'vitest'
import type { Progress, WireCell } from '../wire/study.ts'
import { CellStore, statusByte } from './cell-store.ts'

const progress: Progress = {
  status: 'running',
  counts: { cells: 4, excluded: 0, queued: 3, rendering: 1, done: 0, failed: 0 },
  perMinute: null,
  secondsLeft: null,
  errorShare: null,
  forecast: null,
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
const sha = (start: string): string => start.padEnd(64, '0')
const store = (cells: WireCell[]) => new CellStore({ size: 4, version: '1', edition: 1, progress, cells })
const frame = { version: '2', edition: 1, progress, cells: [], previews: [] }

test('a frame tells only those who watch a cell it touches', () => {
  const cells = store([cell(0), cell(1)])
  const [first, second] = [vi.fn(), vi.fn()]
  cells.watchCell(0, first)
  const leave = cells.watchCell(1, second)
  const before = cells.cell(1)

  cells.apply({ ...frame, cells: [cell(0, { status: 'done', image: sha('abc') })] })
  expect(first).toHaveBeenCalledOnce()
  expect(second).not.toHaveBeenCalled()
  expect(cells.cell(0)?.cell.image).toBe(sha('abc'))
  expect(cells.cell(1)).toBe(before)
  expect(cells.status[0]).toBe(statusByte.done)
  expect(cells.version).toBe('2')

  leave()
  cells.apply({ ...frame, cells: [cell(1, { status: 'done' })] })
  expect(second).not.toHaveBeenCalled()
})

test('a preview shows in every cell that shares the render, until the picture is done', () => {
  const cells = store([cell(0, { status: 'rendering' }), cell(1, { status: 'rendering' }), cell(2)])
  const preview = (step: number, webp: string | null) => ({ seqs: [0, 1, 2], step, of: 25, webp })

  cells.apply({ ...frame, previews: [preview(3, 'AAAA')] })
  expect(cells.cell(0)?.preview).toEqual({ step: 3, of: 25, url: 'data:image/webp;base64,AAAA' })
  expect(cells.cell(1)?.preview?.step).toBe(3)
  expect(cells.cell(2)?.preview).toBeNull()

  cells.apply({ ...frame, previews: [preview(4, null)] })
  expect(cells.cell(0)?.preview).toEqual({ step: 4, of: 25, url: 'data:image/webp;base64,AAAA' })

  cells.apply({ ...frame, cells: [cell(0, { status: 'rendering', step: 5 })] })
  expect(cells.cell(0)?.preview?.step).toBe(4)

  cells.apply({ ...frame, cells: [cell(0, { status: 'done', image: sha('a') })] })
  expect(cells.cell(0)?.preview).toBeNull()
})

describe('a large study', () => {
  const record = (seq: number, bits: number, image: string | null) => {
    const bytes = new DataView(new ArrayBuffer(42))
    bytes.setInt32(0, seq)
    bytes.setUint16(4, bits)
    bytes.setUint16(6, 64)
    bytes.setUint16(8, 48)
    for (let at = 0; at < 32 && image; at++)
      bytes.setUint8(10 + at, Number.parseInt(image.slice(at * 2, at * 2 + 2), 16))
    return new Uint8Array(bytes.buffer)
  }
  const large = () =>
    new CellStore({
      size: 10_000,
      version: '1',
      edition: 1,
      progress,
      statusLine: '4423500'.padEnd(10_000, '0'),
    })

  test('begins with a digit for each cell, and is not complete', () => {
    const cells = large()
    expect(cells.cell(0)?.cell).toMatchObject({ status: 'done', image: null, whole: false })
    expect(cells.cell(3)?.cell.status).toBe('rendering')
    expect(cells.cell(6)).toBeUndefined()
    expect(cells.complete).toBe(false)
  })

  test('takes what else there is from packed records', () => {
    const cells = large()
    const starred = statusByte.done | (1 << 3) | (4 << 5) | (1 << 8)
    cells.putPacked(record(1, starred, sha('c0ffee')))
    expect(cells.cell(1)?.cell).toMatchObject({
      image: sha('c0ffee'),
      width: 64,
      height: 48,
      mark: 'star',
      rating: 4,
      reused: true,
    })
  })

  test('what the stream said while records were under way stays', () => {
    const cells = large()
    cells.beginPacked()
    cells.apply({ ...frame, cells: [cell(2, { status: 'done', image: sha('e') })] })
    cells.putPacked(record(2, statusByte.queued, null))
    expect(cells.cell(2)?.cell).toMatchObject({ status: 'done', image: sha('e') })
    cells.endPacked(true)
    cells.putPacked(record(2, statusByte.failed, null))
    expect(cells.cell(2)?.cell.status).toBe('failed')
  })

  test('whole cells are kept only while someone watches them', () => {
    const cells = large()
    const leave = cells.watchCell(0, () => undefined)
    const update = [cell(0, { status: 'failed', error: 'no' }), cell(1, { status: 'failed', error: 'no' })]
    cells.apply({ ...frame, cells: update })
    expect(cells.cell(0)?.cell).toMatchObject({ error: 'no', whole: true })
    expect(cells.cell(1)?.cell).toMatchObject({ status: 'failed', error: null, whole: false })
    leave()
  })
})

test('a mark by one’s own hand shows at once, measures keep their bounds', () => {
  const cells = store([cell(0, { status: 'done', metrics: { contrast: 0.2 } }), cell(1), cell(2)])
  cells.apply({ ...frame, cells: [cell(1, { status: 'done', metrics: { contrast: 0.5 } })] })
  cells.change([0, 1], { mark: 'star', rating: 5 })
  expect(cells.cell(1)?.cell).toMatchObject({ mark: 'star', rating: 5 })
  expect(cells.measureBounds('contrast').most).toBeCloseTo(0.5)
  expect([...cells.measureNames]).toEqual(['contrast'])
})

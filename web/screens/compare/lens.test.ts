import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestColumns, dragged, held, type Lens, lensStyle, pinched, wholePicture, zoomedAt } from './lens.ts'

const lens = fc
  .record({
    zoom: fc.double({ min: 1, max: 40, noNaN: true }),
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(held)
const part = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
})

/** The point of the picture at a place of the tile. */
const seen = (at: Lens, place: { x: number; y: number }) => ({
  x: at.x + (place.x - 0.5) / at.zoom,
  y: at.y + (place.y - 0.5) / at.zoom,
})

test('no edge of the picture is ever inside the tile', () => {
  fc.assert(
    fc.property(lens, part, fc.double({ min: 0.2, max: 5, noNaN: true }), (from, place, factor) => {
      for (const at of [zoomedAt(from, factor, place), dragged(from, place)]) {
        const corners = [seen(at, { x: 0, y: 0 }), seen(at, { x: 1, y: 1 })]
        for (const corner of corners)
          for (const value of [corner.x, corner.y]) {
            expect(value).toBeGreaterThan(-1e-9)
            expect(value).toBeLessThan(1 + 1e-9)
          }
      }
    }),
  )
})

test('what is under the pointer stays there while zooming in', () => {
  fc.assert(
    fc.property(lens, part, (from, place) => {
      const to = zoomedAt(from, 1.3, place)
      expect(seen(to, place).x).toBeCloseTo(seen(from, place).x, 6)
      expect(seen(to, place).y).toBeCloseTo(seen(from, place).y, 6)
    }),
  )
})

test('two fingers drawn apart enlarge, the still one keeps its place', () => {
  const still = { x: 0.25, y: 0.5 }
  const to = pinched(
    { zoom: 2, x: 0.5, y: 0.5 },
    { still, from: { x: 0.5, y: 0.5 }, to: { x: 0.75, y: 0.5 } },
  )
  expect(to.zoom).toBeCloseTo(4)
  expect(seen(to, still).x).toBeCloseTo(seen({ zoom: 2, x: 0.5, y: 0.5 }, still).x, 6)
  const touching = { still, from: still, to: { x: 0.9, y: 0.9 } }
  expect(pinched(wholePicture, touching)).toEqual(wholePicture)
})

test('the whole picture is not moved at all', () => {
  expect(lensStyle(wholePicture)).toEqual({ transform: 'translate(0%, 0%) scale(1)' })
})

test('tiles are as large as the room lets them be', () => {
  expect(bestColumns({ count: 8, width: 1100, height: 700, ratio: 1, gap: 8 })).toEqual({
    columns: 4,
    tile: 269,
  })
  expect(bestColumns({ count: 2, width: 400, height: 900, ratio: 1, gap: 8 })).toEqual({
    columns: 1,
    tile: 400,
  })
})

import { expect, test } from 'vitest'
import { differencePixels } from './difference-pixels.ts'

const rgba = (...values: number[]) => new Uint8ClampedArray(values)

test('channels are apart by their distance, times the gain, up to white', () => {
  const { pixels, mean } = differencePixels(
    rgba(10, 20, 30, 255, 0, 0, 0, 255),
    rgba(13, 20, 20, 0, 255, 1, 0, 9),
    4,
  )
  expect([...pixels]).toEqual([12, 0, 40, 255, 255, 4, 0, 255])
  expect(mean).toBeCloseTo((3 + 10 + 255 + 1) / 6, 10)
})

test('equal pictures are black', () => {
  const picture = rgba(1, 2, 3, 255)
  expect(differencePixels(picture, picture, 32)).toEqual({ pixels: rgba(0, 0, 0, 255), mean: 0 })
})

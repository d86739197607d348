import { expect, test } from 'vitest'
import golden from './golden.json' with { type: 'json' }
import { measurePixels, pixelMeasures } from './measure-pixels.ts'
import type { PicturePixels } from './picture-pixels.ts'

type Formula = (x: number, y: number, c: number) => number

function made(formula: Formula, width: number, height: number): PicturePixels {
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) rgb[(y * width + x) * 3 + c] = formula(x, y, c) % 256

  return { rgb, width, height }
}

/** Those of make_golden.py. */
const pictures: Record<keyof typeof golden, PicturePixels> = {
  ramp: made((x, y, c) => x * 5 + y * 3 + c * 40, 31, 17),
  weave: made((x, y, c) => x * x * 7 + y * y * 13 + c * x * y * 29, 40, 24),
  checker: made((x, y, c) => ((Math.floor(x / 4) + Math.floor(y / 4)) % 2) * (255 - 60 * c), 32, 32),
  flat: made(() => 128, 9, 9),
  red: made((_x, _y, c) => (c === 0 ? 255 : 0), 8, 8),
}

test.each(Object.entries(golden))('%s: as NumPy and scikit-image measure it', (name, figures) => {
  const ours = measurePixels(pictures[name as keyof typeof golden])
  for (const measure of pixelMeasures) expect(ours[measure], measure).toBeCloseTo(figures[measure], 8)
})

test('several pictures side by side are measured each by itself, places left over count for nothing', () => {
  const { red } = pictures
  const checker = made((x, y, c) => ((x + y) % 2) * (255 - 60 * c), 8, 8)
  const both = made(
    (x, y, c) => (y >= 8 ? 0 : (x < 8 ? red : checker).rgb[(y * 8 + (x % 8)) * 3 + c]!),
    16,
    16,
  )
  const [a, b] = [measurePixels(red), measurePixels(checker)]

  const mean = measurePixels(both, { size: [8, 8], count: 2 })
  for (const measure of pixelMeasures) expect(mean[measure]).toBeCloseTo((a[measure] + b[measure]) / 2, 10)
})

test('a picture of one pixel has no edges', () => {
  expect(measurePixels({ rgb: Uint8Array.of(10, 20, 30), width: 1, height: 1 })).toMatchObject({
    contrast: 0,
    sharpness: 0,
    edgeDensity: 0,
  })
})

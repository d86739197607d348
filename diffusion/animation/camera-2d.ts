import type { Size } from '../networks/index.ts'

/** Row-major 3 × 3. */
export type Matrix = readonly [number, number, number, number, number, number, number, number, number]

export interface Move2d {
  /** degrees, counter-clockwise */
  angle: number
  zoom: number
  /** pixels, right and down */
  translation: readonly [x: number, y: number]
}

/** Where a pixel of the last frame goes: first moved, then turned and zoomed about the middle (OpenCV `getRotationMatrix2D`). */
export function camera2d({ angle, zoom, translation }: Move2d, [width, height]: Size): Matrix {
  const radians = (angle * Math.PI) / 180
  const a = Math.cos(radians) * zoom
  const b = Math.sin(radians) * zoom
  const x = Math.floor(width / 2)
  const y = Math.floor(height / 2)
  // DD keeps the translation in float32
  const [moveX, moveY] = translation.map(Math.fround) as [number, number]
  const shiftX = (1 - a) * x - b * y
  const shiftY = b * x + (1 - a) * y

  return [a, b, a * moveX + b * moveY + shiftX, -b, a, -b * moveX + a * moveY + shiftY, 0, 0, 1]
}

/** OpenCV's closed form; a matrix without inverse (zoom 0) gives zeros. */
export function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  const scale = determinant === 0 ? 0 : 1 / determinant

  return [
    (e * i - f * h) * scale,
    (c * h - b * i) * scale,
    (b * f - c * e) * scale,
    (f * g - d * i) * scale,
    (a * i - c * g) * scale,
    (c * d - a * f) * scale,
    (d * h - e * g) * scale,
    (b * g - a * h) * scale,
    (a * e - b * d) * scale,
  ]
}

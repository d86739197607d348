import { createHash } from 'node:crypto'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { FrameMove } from '#study'
import type { Size } from '../networks/index.ts'
import { camera2d } from './camera-2d.ts'
import { warp2d } from './warp-2d.ts'

const recorded = join(import.meta.dirname, '../testing/parity/cases/13-2d')
const pixelsOf = (name: string) => sharp(join(recorded, name)).removeAlpha().raw().toBuffer()

const size: Size = [128, 64]
const pattern = Uint8Array.from({ length: 3 * 128 * 64 }, (_, n) => (n * n * 7 + n * 13) % 251)
const still: FrameMove = { angle: 0, zoom: 1, translation: [0, 0] }
const moved = (move: Partial<FrameMove>) => warp2d(pattern, size, camera2d({ ...still, ...move }, size))

describe('the flat camera', () => {
  it.each([
    { from: 'parity(0)_0000.png', to: 'init_of_render_1.png', angle: -0.5, x: 3, y: 1 },
    { from: 'parity(0)_0001.png', to: 'init_of_render_2.png', angle: -3, x: 3, y: 4 },
  ])('moves $from into $to, as the original did', async ({ from, to, angle, x, y }) => {
    const camera = camera2d({ angle, zoom: 1.1, translation: [x, y] }, [64, 64])

    expect(Buffer.from(warp2d(await pixelsOf(from), [64, 64], camera))).toEqual(await pixelsOf(to))
  })

  // SHA-256 of what OpenCV 4.6's warpPerspective made of the same pattern
  it.each<[number, number, number, number, string]>([
    [0, 1, 0.5, -0.5, 'ac174d1dc554f036'],
    [2, 1.1, 3, -2, 'a631ba503d5f5417'],
    [-37.5, 0.31, 200, -75.25, '53cc4a5115c27387'],
    [90, 1, 0, 0, 'e9a860cd7a08b1df'],
    [0, 1.05, 0, 0, '7f3e19ce211abbaf'],
    [180, -1.7, 0.015625, 0.046875, 'b6953563c49a63eb'],
    [5, 0.001, 0, 0, '67acdd7cf1900b34'],
    [0, 0, 0, 0, 'f162df4f3c5d50e1'],
  ])('repeats OpenCV at angle %d, zoom %d, translation %d, %d', (angle, zoom, x, y, sha) => {
    const picture = moved({ angle, zoom, translation: [x, y] })

    expect(createHash('sha256').update(picture).digest('hex').slice(0, 16)).toBe(sha)
  })

  it('leaves a picture alone when nothing moves, and after a walk all around', () => {
    expect(Buffer.compare(moved({}), pattern)).toBe(0)
    expect(Buffer.compare(moved({ translation: [128, -64] }), pattern)).toBe(0)
  })

  it('moves right and down, and brings back at the other edge what leaves', () => {
    const picture = moved({ translation: [1, 2] })
    const pixel = (of: Uint8Array, x: number, y: number) => of.slice(3 * (128 * y + x), 3 * (128 * y + x) + 3)

    expect(pixel(picture, 11, 22)).toEqual(pixel(pattern, 10, 20))
    expect(pixel(picture, 0, 0)).toEqual(pixel(pattern, 127, 62))
  })
})

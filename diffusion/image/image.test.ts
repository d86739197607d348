import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodePng, encodePreview, fromRgb8, tilePictures, toRgb8 } from './index.ts'

describe('pictures', () => {
  it('truncates to 8 bits instead of rounding', () => {
    const shares = [0, 0.999, 1, 0.5, -3, 7]
    const picture = Float32Array.from(shares, (share) => 2 * share - 1)

    expect(Array.from(toRgb8(picture)).sort((a, b) => a - b)).toEqual([0, 0, 127, 254, 255, 255])
  })

  it('keeps every pixel in the PNG, in the same bytes each time', async () => {
    const rgb = Uint8Array.from({ length: 64 * 32 * 3 }, (_, k) => (k * 37) % 256)
    const png = await encodePng(rgb, [64, 32])
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })

    expect([info.width, info.height, info.channels]).toEqual([64, 32, 3])
    expect(Uint8Array.from(data)).toEqual(rgb)
    expect(await encodePng(rgb, [64, 32])).toEqual(png)
  })

  it('makes previews of at most 256 pixels', async () => {
    const preview = await sharp(await encodePreview(new Uint8Array(512 * 128 * 3), [512, 128])).metadata()

    expect([preview.format, preview.width, preview.height]).toEqual(['webp', 256, 64])
  })

  it('reads bytes as shares of the whole range', () => {
    expect(Array.from(fromRgb8(Uint8Array.of(0, 51, 255)))).toEqual([0, Math.fround(0.2), 1])
  })

  it('tiles several pictures pixel for pixel, and leaves one alone', async () => {
    const plain = async (value: number) => {
      const png = await encodePng(new Uint8Array(4 * 2 * 3).fill(value), [4, 2])

      return { png, width: 4, height: 2 }
    }
    const pictures = await Promise.all([10, 20, 30].map(plain))
    const tiled = await tilePictures(pictures)
    const { data, info } = await sharp(tiled.png).raw().toBuffer({ resolveWithObject: true })

    expect([tiled.width, tiled.height, info.width, info.height, info.channels]).toEqual([8, 4, 8, 4, 3])
    const corners = [0, 7 * 3, 3 * 8 * 3, (3 * 8 + 7) * 3]
    expect(corners.map((at) => data[at])).toEqual([10, 20, 30, 0])
    expect(await tilePictures(pictures.slice(1, 2))).toBe(pictures[1])
  })
})

import sharp from 'sharp'
import { decodePng, encodePng } from './encode.ts'

interface Picture {
  png: Uint8Array
  width: number
  height: number
}

/**
 * Pictures of one size as one, pixel for pixel, row by row. As many columns as rows, so that it keeps their shape;
 * places that are left over stay black. One picture is itself.
 */
export async function tilePictures(pictures: readonly Picture[]): Promise<Picture> {
  const [first] = pictures as [Picture]
  const side = tileSide(pictures.length)

  if (side === 1) return first

  const { width, height } = first
  const [wide, high] = [side * width, side * height]
  const tiles = await Promise.all(pictures.map(({ png }) => decodePng(png)))
  const grid = await sharp({ create: { width: wide, height: high, channels: 3, background: 'black' } })
    .composite(
      tiles.map((input, k) => ({
        input: Buffer.from(input.buffer),
        raw: { width, height, channels: 3 },
        left: (k % side) * width,
        top: Math.floor(k / side) * height,
      })),
    )
    .removeAlpha()
    .raw()
    .toBuffer()

  return { png: await encodePng(grid, [wide, high]), width: wide, height: high }
}

const tileSide = (count: number): number => Math.ceil(Math.sqrt(count))

import sharp from 'sharp'
import { measurePixels, type PixelMeasures } from './measure-pixels.ts'

/** The pixel measures of a picture as it is kept; `tile` as in `measurePixels`. */
export async function measurePng(
  png: Uint8Array,
  tile?: Parameters<typeof measurePixels>[1],
): Promise<PixelMeasures> {
  const { data, info } = await sharp(png)
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })

  return measurePixels({ rgb: data, width: info.width, height: info.height }, tile)
}

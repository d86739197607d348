import { colourfulness } from './colourfulness.ts'
import { edgeDensity } from './edge-density.ts'
import { lumaOf, type PicturePixels, spread } from './picture-pixels.ts'
import { sharpness } from './sharpness.ts'

/** Measured on pixels alone; `measures.ts` says what each means. */
export const pixelMeasures = [
  'luminance',
  'contrast',
  'saturation',
  'colourfulness',
  'sharpness',
  'edgeDensity',
] as const

export type PixelMeasures = Record<(typeof pixelMeasures)[number], number>

/**
 * All pixel measures of a picture. `tile` says that it holds several of that size, row by row, as cells of n_batches
 * do: then each measure is the mean over them, and places left over count for nothing.
 */
export function measurePixels(
  picture: PicturePixels,
  tile?: { size: readonly [number, number]; count: number },
): PixelMeasures {
  const each = (tile ? tilesOf(picture, tile.size, tile.count) : [picture]).map(measureOne)

  return Object.fromEntries(
    pixelMeasures.map((name) => [name, each.reduce((sum, one) => sum + one[name], 0) / each.length]),
  ) as PixelMeasures
}

function measureOne(picture: PicturePixels): PixelMeasures {
  const { width, height } = picture
  const luma = lumaOf(picture)
  const { mean, deviation } = spread(luma.length, (k) => luma[k]!)

  return {
    luminance: mean,
    contrast: deviation,
    saturation: saturation(picture),
    colourfulness: colourfulness(picture),
    sharpness: sharpness(luma, width, height),
    edgeDensity: edgeDensity(luma, width, height),
  }
}

function saturation({ rgb }: PicturePixels): number {
  let sum = 0
  for (let at = 0; at < rgb.length; at += 3) {
    const high = Math.max(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!)
    sum += high === 0 ? 0 : (high - Math.min(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!)) / high
  }

  return sum / (rgb.length / 3)
}

function tilesOf(
  picture: PicturePixels,
  [width, height]: readonly [number, number],
  count: number,
): PicturePixels[] {
  const columns = Math.floor(picture.width / width)
  const held = Math.min(count, columns * Math.floor(picture.height / height))
  // Another size than the recipe's own: measured as it is.
  if (held <= 1) return [picture]

  return Array.from({ length: held }, (_, k) => {
    const [left, top] = [(k % columns) * width, Math.floor(k / columns) * height]
    const rgb = new Uint8Array(width * height * 3)
    for (let y = 0; y < height; y++) {
      const from = ((top + y) * picture.width + left) * 3
      rgb.set(picture.rgb.subarray(from, from + width * 3), y * width * 3)
    }

    return { rgb, width, height }
  })
}

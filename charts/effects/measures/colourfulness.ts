import { type PicturePixels, spread } from './picture-pixels.ts'

/** M3 of Hasler and Süsstrunk, Measuring colourfulness in natural images (2003); 0 is grey, above 109 extremely colourful. */
export function colourfulness({ rgb }: PicturePixels): number {
  const count = rgb.length / 3
  const redGreen = spread(count, (k) => rgb[3 * k]! - rgb[3 * k + 1]!)
  const yellowBlue = spread(count, (k) => (rgb[3 * k]! + rgb[3 * k + 1]!) / 2 - rgb[3 * k + 2]!)

  return (
    Math.hypot(redGreen.deviation, yellowBlue.deviation) + 0.3 * Math.hypot(redGreen.mean, yellowBlue.mean)
  )
}
